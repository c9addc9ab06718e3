import { spawn, spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { atExit } from './atExit.mjs';

/**
 * Runs a program with this process's own output. Rejects if it cannot start or ends with anything but 0.
 * @param {string} command
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 * @returns {Promise<void>}
 */
export async function run(command, args, options = {}) {
  const code = await exitCode(command, args, options);
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${code}`);
}

/**
 * Runs a program with this process's own output; resolves with its exit code, 128 + n for signal n as a shell would.
 * @param {string} command
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 * @returns {Promise<number>}
 */
export function exitCode(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: 'inherit', ...options });
    // Ctrl-C reaches the child by itself; a signal to this process alone would leave it behind.
    const forget = atExit(() => child.kill('SIGTERM'));
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      forget();
      if (signal) process.stderr.write(`${command} was ended by ${signal}\n`);
      resolve(code ?? 128);
    });
  });
}

/**
 * Runs a program to its end and returns what it printed. Throws with its own words if it fails.
 * @param {string} command
 * @param {string[]} args
 * @param {import('node:child_process').SpawnSyncOptions} [options]
 * @returns {string}
 */
export function capture(command, args, options = {}) {
  const result = spawnSync(command, args, { maxBuffer: 1 << 28, ...options, encoding: 'utf8' });
  if (result.error) throw result.error;
  if (result.status !== 0) {
    const said = `${result.stdout ?? ''}${result.stderr ?? ''}`.trim();
    throw new Error(`${command} ${args.join(' ')} ended with ${result.status ?? result.signal}\n${said}`);
  }
  return result.stdout;
}

/**
 * The absolute path of the first of these programs that is installed.
 * @param {string[]} names
 * @returns {string | undefined}
 */
export function which(...names) {
  const folders = (process.env.PATH ?? '').split(delimiter).concat('/usr/sbin', '/sbin');
  for (const name of names) {
    const candidates = name.includes('/') ? [name] : folders.map((folder) => join(folder, name));
    const found = candidates.find(isExecutable);
    if (found) return found;
  }
  return undefined;
}

/** @param {string} file */
function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
