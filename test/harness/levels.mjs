import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { onceMore } from './onceMore.mjs';
import { runAsStudent, stage } from './ordinaryUser.mjs';
import { dist, isRoot, root } from './paths.mjs';
import { exitCode } from './process.mjs';

/**
 * @typedef {{ passed: number, failed: number, skipped: number }} Counts
 * @typedef {'root' | 'student' | 'self'} User root, the ordinary user beside root, or whoever runs the tests
 * @typedef {{ grep?: string | undefined, timeoutMs: number }} Options
 */

/**
 * The bundled test files of a level.
 * @param {string} level
 * @param {string} [folder] a copy of dist/
 */
export function testFiles(level, folder = dist) {
  const bundles = join(folder, 'test', level);
  if (!existsSync(bundles)) return [];
  const all = readdirSync(bundles, { recursive: true }).map(String).sort();
  return all.filter((file) => file.endsWith('.test.js')).map((file) => join(bundles, file));
}

/**
 * Whom a kernel-facing level runs as: whoever runs it, and beside root an ordinary user, to whom the kernel gives
 * other answers.
 * @param {string | undefined} only
 * @returns {User[]}
 */
export function usersFor(only) {
  if (!isRoot) return ['self'];
  if (only === undefined) return ['root', 'student'];
  return [/** @type {User} */ (only)];
}

/**
 * Runs a level's test files under plain Node.
 * @param {string} level
 * @param {User} user
 * @param {Options & { alone?: boolean }} options alone: each file in a process of its own. A file's bundle has its own
 *   copy of the sources, but what they register with native code is the process's; and a crash there takes one file.
 * @returns {Promise<(Counts | undefined)[]>} undefined for a process that died before its end
 */
export async function runPlain(level, user, options) {
  const place = user === 'student' ? stage() : undefined;
  try {
    const folder = place?.dist ?? dist;
    const files = testFiles(level, folder);
    const all = [];
    for (const group of options.alone ? files.map((file) => [file]) : [files]) {
      const once = async () => {
        const results = place ? join(place.home, 'results.json') : resultsFile(level, user);
        rmSync(results, { force: true });
        await runMochaAs(place, mochaArgs(folder, group, results, options));
        return readCounts(results);
      };
      all.push(await (options.alone ? onceMore(`${basename(group[0] ?? '')} as ${user}`, once) : once()));
    }
    return all;
  } finally {
    place?.dispose();
  }
}

/**
 * @param {import('./ordinaryUser.mjs').Stage | undefined} place
 * @param {string[]} args
 */
async function runMochaAs(place, args) {
  if (!place) return exitCode(process.execPath, args, { cwd: root });
  return runAsStudent(place, place.node, args, { env: { TERM: process.env.TERM, CI: process.env.CI } });
}

/**
 * @param {string} folder dist/ or a copy of it
 * @param {string[]} files
 * @param {string} results
 * @param {Options} options
 */
export function mochaArgs(folder, files, results, options) {
  return [
    '--enable-source-maps',
    join(folder, 'test', 'harness', 'mochaMain.js'),
    `--results=${results}`,
    `--timeout=${options.timeoutMs}`,
    ...(options.grep === undefined ? [] : [`--grep=${options.grep}`]),
    ...files,
  ];
}

/**
 * A file for a run's counts, certain not to be there from an earlier run.
 * @param {string} level
 * @param {string} user
 */
export function resultsFile(level, user) {
  const folder = join(dist, 'test', 'results');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${level}-${user}.json`);
  rmSync(file, { force: true });
  return file;
}

/**
 * @param {string} file
 * @returns {Counts | undefined}
 */
export function readCounts(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}
