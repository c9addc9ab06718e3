import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';

/**
 * The folder of VS Code's shell integration in the code-server that the harness keeps in its cache; undefined before a
 * level that needs code-server has run.
 */
export function vscodeScripts(): string | undefined {
  const caches = [
    process.env['ANTON_CACHE'],
    '/var/cache/anton',
    path.join(process.env['XDG_CACHE_HOME'] ?? path.join(os.homedir(), '.cache'), 'anton'),
  ];
  for (const cache of caches) {
    if (cache === undefined || !fs.existsSync(cache)) continue;
    for (const name of fs.readdirSync(cache)) {
      const folder = path.join(
        ...[cache, name, 'node_modules/code-server/lib/vscode/out/vs'],
        'workbench/contrib/terminal/common/scripts',
      );
      if (/^code-server-[\d.]+$/.test(name) && fs.existsSync(folder)) return folder;
    }
  }
  return undefined;
}
