/** @typedef {import('./levels.mjs').Counts} Counts */

/** @type {string[]} */
const unsteady = [];

/**
 * Runs tests that drive real terminals, an editor or a browser, and those that fail a second time, from the start: on a
 * busy machine a program is started, drawn or focused later than a test waits. What fails twice has failed; what failed
 * once is told at the end, because such a test is to be mended.
 * @param {string} name
 * @param {() => Promise<Counts | undefined>} run resolves to undefined where the run died
 * @returns {Promise<Counts | undefined>}
 */
export async function onceMore(name, run) {
  const first = await run();
  if (first?.failed === 0) return first;
  process.stdout.write(`\n${name} failed and is run once more\n`);
  const second = await run();
  if (second?.failed === 0) unsteady.push(name);
  return second;
}

/** The names of what failed at first, and passed when it was run once more. */
export function passedOnceMore() {
  return unsteady;
}
