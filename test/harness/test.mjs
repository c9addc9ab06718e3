import { parseArgs } from 'node:util';
import { build } from './build.mjs';
import { ensureContainerRuntimes, ensureHelpers, ensureShells, ensureTools } from './ensure.mjs';
import { runPlain, testFiles, usersFor } from './levels.mjs';
import { main } from './main.mjs';
import { onceMore, passedOnceMore } from './onceMore.mjs';

/**
 * @typedef {import('./levels.mjs').Counts} Counts
 * @typedef {(user: string | undefined, grep: string | undefined) => Promise<(Counts | undefined)[]>} Level
 */

/** @type {Record<string, Level>} */
const levels = {
  unit: (_user, grep) => runPlain('unit', 'self', { grep, timeoutMs: 30_000 }),
  native: (user, grep) => runNative(usersFor(user), { grep, timeoutMs: 30_000, alone: true }),
  extension: async (user, grep) => {
    const { runInExtensionHost } = await import('./extensionLevel.mjs');
    return [await onceMore('the extension level', () => runInExtensionHost(user, grep))];
  },
  e2e: async (user, grep) => {
    const { runInWorkbench } = await import('./e2eLevel.mjs');
    return runInWorkbench(user, grep);
  },
};

/** Builds everything, runs the levels and ends with a line of counts. */
async function test() {
  const { values } = parseArgs({
    options: {
      level: { type: 'string', multiple: true },
      grep: { type: 'string' },
      user: { type: 'string' },
    },
  });
  const chosen = values.level?.flatMap((names) => names.split(',')) ?? Object.keys(levels);
  const unknown = chosen.filter((name) => !(name in levels));
  if (unknown.length > 0) throw new Error(`No such level: ${unknown.join(', ')}`);
  await ensureShells();
  await ensureTools();
  await ensureHelpers();
  await ensureContainerRuntimes();
  await build(['--tests']);
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const name of chosen) add(total, await runLevel(name, values.user, values.grep));
  if (total.failed > 0 || total.passed === 0) process.exitCode = 1;
  for (const name of passedOnceMore())
    process.stdout.write(`passed only when it was run once more: ${name}\n`);
  const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : '';
  process.stdout.write(`${total.passed} passed, ${total.failed} failed${skipped}\n`);
}

/**
 * @param {string} name
 * @param {string | undefined} user
 * @param {string | undefined} grep
 * @returns {Promise<Counts>}
 */
async function runLevel(name, user, grep) {
  const sum = { passed: 0, failed: 0, skipped: 0 };
  if (testFiles(name).length === 0) {
    heading(`${name}: no tests`);
    return sum;
  }
  /** @type {(Counts | undefined)[]} */
  let all = [undefined];
  try {
    heading(name);
    all = (await levels[name]?.(user, grep)) ?? all;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  }
  for (const counts of all) {
    // A run that died has no counts; that is a failure, not silence.
    if (counts === undefined) process.stderr.write(`${name} did not run to its end\n`);
    add(sum, counts ?? { passed: 0, failed: 1, skipped: 0 });
  }
  return sum;
}

/**
 * @param {import('./levels.mjs').User[]} users
 * @param {import('./levels.mjs').Options & { alone: boolean }} options
 */
async function runNative(users, options) {
  const all = [];
  for (const user of users) {
    if (user !== 'self') heading(`native as ${user}`);
    all.push(...(await runPlain('native', user, options)));
  }
  return all;
}

/**
 * @param {Counts} sum
 * @param {Counts} counts
 */
function add(sum, counts) {
  sum.passed += counts.passed;
  sum.failed += counts.failed;
  sum.skipped += counts.skipped;
}

/** @param {string} text */
function heading(text) {
  process.stdout.write(`\n== ${text}\n`);
}

main(import.meta.url, test);
