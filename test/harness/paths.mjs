import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout. Searched upwards, because bundled tests carry this module to other depths below it. */
export const root = findRoot(dirname(fileURLToPath(import.meta.url)));
export const dist = join(root, 'dist');

/** The extension's own package.json. */
export const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

/** Tools too big for node_modules live here, outside the checkout, and are shared by all checkouts. */
export const cache = process.env.ANTON_CACHE ?? defaultCache();

/** True if the tests can become another user. */
export const isRoot = process.getuid?.() === 0;

/** @param {string} folder */
function findRoot(folder) {
  const file = join(folder, 'package.json');
  if (existsSync(file) && JSON.parse(readFileSync(file, 'utf8')).name === 'anton') return folder;
  const parent = dirname(folder);
  if (parent === folder) throw new Error('The harness runs only inside a checkout of Anton.');
  return findRoot(parent);
}

function defaultCache() {
  if (process.getuid?.() === 0) return '/var/cache/anton';
  return join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'anton');
}
