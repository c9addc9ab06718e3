import { realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * Runs a module's command line if the module is the program, not if another one imports it. A failure is told in its
 * message alone: the harness's own stack says nothing to the person who started it.
 * @param {string} url the module's import.meta.url
 * @param {() => Promise<unknown>} command
 */
export function main(url, command) {
  const program = process.argv[1];
  if (program === undefined || realpathSync(program) !== fileURLToPath(url)) return;
  command().catch((/** @type {unknown} */ error) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    if (process.env.ANTON_DEBUG && error instanceof Error) process.stderr.write(`${error.stack ?? ''}\n`);
    process.exitCode = 1;
  });
}
