import { spawn } from 'node:child_process';
import {
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from './freePort.mjs';
import { asStudent, student } from './ordinaryUser.mjs';
import { capture } from './process.mjs';
import { exitOf, stopGroup } from './processGroup.mjs';
import { quietSettings, testSettings } from './settings.mjs';
import { ensureCodeServer } from './tools.mjs';

/**
 * @typedef {object} ServerOptions
 * @property {Omit<import('./ordinaryUser.mjs').Stage, 'dispose'>} [student] run as the student of this stage; else as this user
 * @property {string} [dataDir] kept; without it a temporary one is made and removed by stop()
 * @property {string} [extensionsDir] what is installed there is loaded
 * @property {Record<string, unknown>} [settings] user settings beyond those of settings.mjs
 * @property {number} [port] a free one if not given
 * @property {Record<string, string | undefined>} [env]
 * @property {boolean} [forPeople] to work in: with the extension gallery, and without what only tests need
 * @property {string} [locale] of the workbench, as VS Code names it
 *
 * @typedef {object} Server
 * @property {string} url without a slash at its end
 * @property {string} host host:port
 * @property {number} pid
 * @property {string} log the file with the server's output
 * @property {() => Promise<void>} stop ends the server with everything it started; may be called twice
 * @property {Promise<number>} exited its exit code
 */

/**
 * Starts a code-server without a password on 127.0.0.1 and waits until it answers.
 * @param {ServerOptions} options
 * @returns {Promise<Server>}
 */
export async function startCodeServer(options) {
  const { node, entry } = await ensureCodeServer();
  const dataDir = options.dataDir ?? mkdtempSync(join(options.student?.home ?? tmpdir(), 'anton-server-'));
  const extensionsDir = options.extensionsDir ?? join(dataDir, 'extensions');
  prepareData(dataDir, extensionsDir, options);
  const log = join(dataDir, 'server.log');
  const host = `127.0.0.1:${options.port ?? (await freePort())}`;
  const args = [
    ...[entry, `--bind-addr=${host}`, '--auth=none', ...quietFlags, ...(options.forPeople ? [] : testFlags)],
    ...[
      `--user-data-dir=${dataDir}`,
      `--extensions-dir=${extensionsDir}`,
      `--config=${join(dataDir, 'config.yaml')}`,
    ],
    ...(options.locale ? [`--locale=${options.locale}`] : []),
  ];
  const child = spawnLogged(options, node, args, log);
  const exited = exitOf(child);
  const stop = async () => {
    await stopGroup(child, exited);
    if (!options.dataDir) rmSync(dataDir, { recursive: true, force: true });
  };
  const url = `http://${host}`;
  if (!(await answers(`${url}/healthz`, exited))) {
    const said = readFileSync(log, 'utf8');
    await stop();
    throw new Error(`code-server did not start:\n${said}`);
  }
  return { url, host, pid: child.pid ?? -1, log, stop, exited };
}

const quietFlags = [
  '--disable-telemetry',
  '--disable-update-check',
  '--disable-workspace-trust',
  '--disable-getting-started-override',
  '--disable-proxy',
];

// Lets a page name the extension under development and the tests to run.
const testFlags = ['--vscode-option=enable-smoke-test-driver'];

// No gallery to ask, and a shell that is the same wherever the tests run: a machine may start them without SHELL.
const testEnvironment = {
  EXTENSIONS_GALLERY: '{"serviceUrl":"","resourceUrlTemplate":""}',
  SHELL: '/bin/bash',
};

/**
 * @param {string} dataDir
 * @param {string} extensionsDir
 * @param {ServerOptions} options
 */
function prepareData(dataDir, extensionsDir, options) {
  const settings = join(dataDir, 'User', 'settings.json');
  for (const folder of [dirname(settings), extensionsDir]) mkdirSync(folder, { recursive: true });
  // What is there already, the user or the caller wrote.
  if (!existsSync(settings)) {
    const base = options.forPeople ? quietSettings : testSettings;
    writeFileSync(settings, JSON.stringify({ ...base, ...options.settings }, undefined, 2));
  }
  // A config of its own keeps code-server from reading, or writing, the one in the home folder.
  writeFileSync(join(dataDir, 'config.yaml'), '');
  if (options.student) capture('chown', ['-R', `${student.uid}:${student.gid}`, dataDir, extensionsDir]);
}

/**
 * @param {ServerOptions} options
 * @param {string} node
 * @param {string[]} args
 * @param {string} log
 */
function spawnLogged(options, node, args, log) {
  const env = { ...(options.forPeople ? {} : testEnvironment), ...options.env };
  const line = options.student
    ? asStudent(options.student, node, args, env)
    : { command: node, args, env: withoutEditor({ ...process.env, ...env }) };
  const output = openSync(log, 'a');
  try {
    // A process group of its own, so that stop() reaches what the server started and left.
    const cwd = options.student?.home ?? tmpdir();
    return spawn(line.command, line.args, {
      cwd,
      env: line.env,
      detached: true,
      stdio: ['ignore', output, output],
    });
  } finally {
    closeSync(output);
  }
}

/**
 * A code-server started in an editor's terminal would take itself for that editor's command line.
 * @param {NodeJS.ProcessEnv} env
 */
function withoutEditor(env) {
  return Object.fromEntries(
    Object.entries(env).filter(([name]) => !/^(VSCODE_|CODE_SERVER_|ELECTRON_)/.test(name)),
  );
}

/**
 * @param {string} url
 * @param {Promise<number>} exited
 */
async function answers(url, exited) {
  let isOver = false;
  void exited.then(() => (isOver = true));
  for (const end = Date.now() + 60_000; Date.now() < end && !isOver; await delay(50)) {
    const response = await fetch(url).catch(() => undefined);
    if (response?.ok) return true;
  }
  return false;
}
