import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { capture } from './process.mjs';
import { ensureCodeServer } from './tools.mjs';

/**
 * Installs a VSIX as code-server's own command line does.
 * @param {string} vsix
 * @param {string} extensionsDir
 * @param {string} dataDir
 */
export async function installVsix(vsix, extensionsDir, dataDir) {
  const { node, entry } = await ensureCodeServer();
  for (const folder of [extensionsDir, dataDir]) mkdirSync(folder, { recursive: true });
  const folders = [`--extensions-dir=${extensionsDir}`, `--user-data-dir=${dataDir}`, '--config=/dev/null'];
  capture(node, [entry, ...folders, `--install-extension=${vsix}`, '--force'], { cwd: tmpdir() });
}
