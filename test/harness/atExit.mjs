/** @type {Set<() => void>} */
const actions = new Set();

// Every bundle has its own copy of this file.
process.setMaxListeners(process.getMaxListeners() + 1);

process.once('exit', () => {
  for (const action of actions) action();
});

// The default action of these signals ends the process without its exit handlers.
process.once('SIGINT', () => process.exit(130));
process.once('SIGTERM', () => process.exit(143));

/**
 * Registers what must not stay behind when this process ends, however it ends. Returns a function that forgets it.
 * @param {() => void} action synchronous
 * @returns {() => void}
 */
export function atExit(action) {
  actions.add(action);
  return () => actions.delete(action);
}
