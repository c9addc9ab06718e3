import { setTimeout as delay } from 'node:timers/promises';
import { atExit } from './atExit.mjs';

/**
 * The exit code of a child, 127 if it could not be started.
 * @param {import('node:child_process').ChildProcess} child
 * @returns {Promise<number>}
 */
export function exitOf(child) {
  if (child.pid !== undefined) endWithUs(child);
  return new Promise((resolve) => {
    child.once('error', () => {
      resolve(127);
    });
    child.once('exit', (code) => {
      resolve(code ?? 128);
    });
  });
}

/**
 * Ends a child that was started with `detached`, and its whole process group.
 * @param {import('node:child_process').ChildProcess} child
 * @param {Promise<number>} exited
 */
export async function stopGroup(child, exited) {
  if (child.pid === undefined) return;
  signalGroup(child.pid, 'SIGTERM');
  await Promise.race([exited, delay(5_000, undefined, { ref: false })]);
  signalGroup(child.pid, 'SIGKILL');
  await exited;
}

/** @param {import('node:child_process').ChildProcess} child */
function endWithUs(child) {
  const forget = atExit(() => {
    if (child.pid !== undefined) signalGroup(child.pid, 'SIGKILL');
  });
  child.once('exit', forget);
}

/**
 * @param {number} pid
 * @param {NodeJS.Signals} signal
 */
function signalGroup(pid, signal) {
  try {
    process.kill(-pid, signal);
  } catch {
    // The group is gone, which is what was wanted.
  }
}
