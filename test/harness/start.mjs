import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from './build.mjs';
import { startCodeServer } from './codeServer.mjs';
import { ensureTools } from './ensure.mjs';
import { freePort } from './freePort.mjs';
import { installVsix } from './installVsix.mjs';
import { main } from './main.mjs';
import { packVsix } from './package.mjs';
import { cache } from './paths.mjs';
import { makePlayground } from './playground.mjs';
import { which } from './process.mjs';
import { findRunning, replaceRunning } from './running.mjs';
import { ensureCodeServer } from './tools.mjs';
import { fingerprint } from './vsix.mjs';

const folder = join(cache, 'start');
const dataDir = join(folder, 'data');
const extensionsDir = join(folder, 'extensions');
const stateFile = join(folder, 'running.json');

/** Starts VS Code in the browser with Anton as it would be shipped, or shows where it already runs. */
async function start() {
  const { values } = parseArgs({ options: { port: { type: 'string' } } });
  await ensureTools();
  await build();
  const vsix = await packVsix(process.arch);
  const print = fingerprint(vsix);
  const running = await findRunning(stateFile, dataDir);
  if (running?.fingerprint === print) {
    announce(running.url, 'It has been running.');
    return;
  }
  if (running) await replaceRunning(running);
  await ensureCodeServer();
  await installIfChanged(vsix, print);
  const port = await freePort(Number(values.port ?? 8377));
  const server = await startCodeServer({ dataDir, extensionsDir, port, forPeople: true });
  const url = `${server.url}/?folder=${encodeURIComponent(makePlayground())}`;
  writeFileSync(stateFile, JSON.stringify({ pid: server.pid, url, fingerprint: print }));
  stopOnCtrlC(server);
  announce(url, 'Ctrl-C stops it.');
  openBrowser(url);
  await server.exited;
}

/**
 * @param {string} vsix
 * @param {string} print
 */
async function installIfChanged(vsix, print) {
  const marker = join(folder, 'installed');
  if (existsSync(marker) && readFileSync(marker, 'utf8') === print) return;
  rmSync(extensionsDir, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  await installVsix(vsix, extensionsDir, dataDir);
  writeFileSync(marker, print);
}

/** @param {import('./codeServer.mjs').Server} server */
function stopOnCtrlC(server) {
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) {
    // In place of the handler that ends this process at once and as a failure.
    process.removeAllListeners(signal);
    process.on(signal, () => {
      rmSync(stateFile, { force: true });
      void server.stop();
    });
  }
}

/**
 * @param {string} url
 * @param {string} remark
 */
function announce(url, remark) {
  process.stdout.write(`\nAnton runs in VS Code at\n\n  ${url}\n\n${remark}\n`);
}

/** @param {string} url */
function openBrowser(url) {
  const hasDisplay = process.env.DISPLAY ?? process.env.WAYLAND_DISPLAY;
  const opener = which('xdg-open');
  if (!hasDisplay || !opener) return;
  // A browser that cannot be opened is no failure: the address has been printed.
  spawn(opener, [url], { detached: true, stdio: 'ignore' })
    .once('error', () => {})
    .unref();
}

main(import.meta.url, start);
