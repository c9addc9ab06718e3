import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { cache, dist, root } from './paths.mjs';

const modules = join(root, 'node_modules');

/**
 * Copies what cannot be bundled next to the bundle: node-pty's binary where its loader looks for it, and koffi with
 * the one package that holds its binary, without sources and documents (30 MB of them).
 * @param {string} arch
 */
export function copyRuntimeFiles(arch) {
  copy(
    join(modules, 'node-pty', 'prebuilds', `linux-${arch}`, 'pty.node'),
    join(dist, 'prebuilds', `linux-${arch}`, 'pty.node'),
  );
  const koffi = join(dist, 'node_modules', 'koffi');
  for (const file of [
    'package.json',
    'LICENSE.txt',
    'index.cjs',
    'src/koffi/index.cjs',
    'src/koffi/src/static.cjs',
    'src/koffi/src/trampolines.cjs',
  ]) {
    copy(join(modules, 'koffi', file), join(koffi, file));
  }
  const name = `@koromix/koffi-linux-${arch}`;
  const from = koffiPackage(arch);
  for (const file of ['package.json', 'index.js', `linux_${arch}/koffi.node`, `musl_${arch}/koffi.node`]) {
    copy(join(from, file), join(dist, 'node_modules', name, file));
  }
}

/**
 * Where koffi's binary for an architecture is: in node_modules for this machine's, in the cache for others, because
 * npm installs optional packages for one platform only.
 * @param {string} arch
 */
export function koffiPackage(arch) {
  const name = `@koromix/koffi-linux-${arch}`;
  const installed = join(modules, name);
  return existsSync(installed) ? installed : join(koffiCache(arch), 'node_modules', name);
}

/** @param {string} arch */
export function koffiCache(arch) {
  const { version } = JSON.parse(readFileSync(join(modules, 'koffi', 'package.json'), 'utf8'));
  return join(cache, `koffi-linux-${arch}-${version}`);
}

/**
 * Replaces a file only if it differs, and never in place: a process may have the old one mapped.
 * @param {string} from
 * @param {string} to
 */
export function copy(from, to) {
  const source = statSync(from);
  const target = statSync(to, { throwIfNoEntry: false });
  if (target?.size === source.size && target.mtimeMs >= source.mtimeMs) return;
  mkdirSync(dirname(to), { recursive: true });
  const temporary = `${to}.${process.pid}`;
  try {
    cpSync(from, temporary);
    renameSync(temporary, to);
  } finally {
    rmSync(temporary, { force: true });
  }
}
