import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runTests } from '@vscode/test-electron';
import { main } from './main.mjs';
import { cache, root } from './paths.mjs';

/**
 * Runs an extension's tests in VS Code: the one at $ANTON_VSCODE, or a download of $ANTON_VSCODE_VERSION, or else
 * code-server behind the adapter. Needs Node 22, which @vscode/test-electron is written for.
 */
async function command() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      development: { type: 'string', default: '' },
      tests: { type: 'string', default: '' },
      data: { type: 'string', default: '' },
    },
  });
  process.exitCode = await runTests({
    ...executable(),
    extensionDevelopmentPath: values.development,
    extensionTestsPath: values.tests,
    launchArgs: [
      ...positionals,
      `--user-data-dir=${values.data}`,
      `--extensions-dir=${join(values.data, 'extensions')}`,
      '--disable-extensions',
    ],
    extensionTestsEnv: { ANTON_NODE: process.execPath },
  });
}

function executable() {
  if (process.env.ANTON_VSCODE) return { vscodeExecutablePath: process.env.ANTON_VSCODE };
  if (process.env.ANTON_VSCODE_VERSION) {
    return { version: process.env.ANTON_VSCODE_VERSION, cachePath: join(cache, 'vscode') };
  }
  return { vscodeExecutablePath: join(root, 'test', 'harness', 'adapter', 'code') };
}

main(import.meta.url, command);
