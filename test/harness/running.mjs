import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

/** @typedef {{ pid: number, url: string, fingerprint: string }} Running a server and the VSIX it was started with */

/**
 * The server that an earlier start left running, if it answers.
 * @param {string} stateFile
 * @param {string} dataDir which its command line must name: the PID may have become another process's
 * @returns {Promise<Running | undefined>}
 */
export async function findRunning(stateFile, dataDir) {
  if (!existsSync(stateFile)) return undefined;
  /** @type {Running} */
  const running = JSON.parse(readFileSync(stateFile, 'utf8'));
  if (!commandLine(running.pid).includes(dataDir)) return undefined;
  const response = await fetch(new URL('/healthz', running.url)).catch(() => undefined);
  return response?.ok ? running : undefined;
}

/**
 * Ends a server, and with it the start that waits for it.
 * @param {Running} running
 */
export async function replaceRunning(running) {
  process.stdout.write('The extension has changed: restarting.\n');
  process.kill(running.pid, 'SIGTERM');
  for (let tries = 0; tries < 100 && commandLine(running.pid) !== ''; tries++) await delay(100);
}

/** @param {number} pid */
function commandLine(pid) {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}
