import { format, parseArgs } from 'node:util';
import { launchBrowser } from '../browser.mjs';
import { startCodeServer } from '../codeServer.mjs';
import { main } from '../main.mjs';
import { openStage } from '../ordinaryUser.mjs';

/**
 * VS Code's command line for extension tests, answered by code-server and a headless browser: the same workbench, the
 * same extension host, without Electron. Exits as the tests do.
 *
 * $ANTON_STAGE: the folder of a stage (ordinaryUser.mjs) whose student the server is to run as.
 */
async function code() {
  const { values, positionals } = parseArgs({
    // VS Code takes many options that mean nothing here, such as --no-sandbox.
    strict: false,
    allowPositionals: true,
    options: {
      extensionDevelopmentPath: { type: 'string' },
      extensionTestsPath: { type: 'string' },
      'user-data-dir': { type: 'string' },
      'extensions-dir': { type: 'string' },
    },
  });
  const text = (/** @type {keyof typeof values} */ name) => {
    const value = values[name];
    return typeof value === 'string' ? value : undefined;
  };
  const stage = process.env.ANTON_STAGE;
  const server = await startCodeServer({
    student: stage === undefined ? undefined : openStage(stage),
    dataDir: text('user-data-dir'),
    extensionsDir: text('extensions-dir'),
    env: testEnvironment(),
  });
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    /** @type {Promise<number>} */
    const finished = new Promise((resolve) => {
      void page.exposeFunction('codeAutomationExit', resolve);
      page.once('crash', () => {
        resolve(70);
      });
      void server.exited.then(() => {
        resolve(71);
      });
    });
    await page.exposeFunction('codeAutomationLog', log);
    await page.goto(
      workbenchUrl(server, positionals[0], text('extensionDevelopmentPath'), text('extensionTestsPath')),
    );
    process.exitCode = await finished;
  } finally {
    await browser.close();
    await server.stop();
  }
}

/**
 * @param {import('../codeServer.mjs').Server} server
 * @param {string | undefined} folder
 * @param {string | undefined} extension
 * @param {string | undefined} tests
 */
function workbenchUrl(server, folder, extension, tests) {
  const remote = (/** @type {string} */ path) => `vscode-remote://${server.host}${path}`;
  const payload = [['skipWelcome', 'true']];
  if (extension) payload.push(['extensionDevelopmentPath', remote(extension)]);
  if (tests) payload.push(['extensionTestsPath', remote(tests)]);
  const query = new URLSearchParams({ payload: JSON.stringify(payload) });
  if (folder) query.set('folder', folder);
  return `${server.url}/?${query}`;
}

/** What tests are told through the environment; the student's is otherwise clean. */
function testEnvironment() {
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => /^(ANTON_|CI$|NO_COLOR$)/.test(name)),
  );
}

/**
 * The workbench's own log; the suite prints into a file (test/extension/index.ts).
 * @param {string} type a method of console
 * @param {unknown[]} args
 */
function log(type, args) {
  if (process.env.ANTON_DEBUG) process.stderr.write(`${type}: ${format(...args)}\n`);
}

main(import.meta.url, code);
