import { mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { dist, root } from './paths.mjs';
import { run, which } from './process.mjs';

const sources = join(root, 'native');

/** What both the build and the linter ask of the C sources. */
export const warnings = ['-std=gnu11', '-Wall', '-Wextra', '-Werror'];

/** All of native/*.c; guard.c is a program of its own, the rest is libanton. */
export function cFiles() {
  return filesOf('.c');
}

/**
 * Compiles native/ into dist/native/linux-<arch>, if anything in it is newer than what is there.
 * @param {'x64' | 'arm64'} arch
 */
export async function compileNative(arch) {
  const all = cFiles();
  const library = all.filter((file) => basename(file) !== 'guard.c');
  const folder = join(dist, 'native', `linux-${arch}`);
  mkdirSync(folder, { recursive: true });
  await compile(arch, library, join(folder, 'libanton.so'), [
    ...['-fPIC', '-shared', '-fvisibility=default', '-pthread'],
    ...['-Wl,-z,now', '-Wl,-z,relro', '-Wl,-soname,libanton.so'],
  ]);
  const guard = all.filter((file) => basename(file) === 'guard.c');
  await compile(arch, guard, join(folder, 'anton-guard'), ['-static', '-s']);
}

/**
 * The compiler for an architecture: $CC or cc for this machine's own, Debian's cross compilers for others.
 * @param {string} arch
 * @returns {string | undefined}
 */
export function compilerFor(arch) {
  if (arch === process.arch) return which(process.env.CC || 'cc', 'cc', 'gcc', 'clang');
  return which(arch === 'arm64' ? 'aarch64-linux-gnu-gcc' : 'x86_64-linux-gnu-gcc');
}

/**
 * @param {string} arch
 * @param {string[]} files
 * @param {string} target
 * @param {string[]} flags
 */
async function compile(arch, files, target, flags) {
  // This file counts as a source: a change of flags rebuilds too.
  const inputs = [...files, ...filesOf('.h'), fileURLToPath(import.meta.url)];
  if (files.length === 0 || isNewer(target, inputs)) return;
  const compiler = compilerFor(arch);
  if (!compiler) throw new Error(`No C compiler for ${arch}: install gcc (Debian: apt install gcc libc6-dev)`);
  // A running extension host may have the old file mapped; writing into it would crash that process.
  const temporary = `${target}.${process.pid}`;
  try {
    await run(compiler, [...warnings, '-O2', ...flags, ...files, '-o', temporary]);
    renameSync(temporary, target);
  } finally {
    rmSync(temporary, { force: true });
  }
}

/** @param {string} extension */
function filesOf(extension) {
  return readdirSync(sources)
    .filter((name) => name.endsWith(extension))
    .sort()
    .map((name) => join(sources, name));
}

/**
 * @param {string} target
 * @param {string[]} inputs
 */
function isNewer(target, inputs) {
  const made = statSync(target, { throwIfNoEntry: false });
  return made !== undefined && inputs.every((file) => statSync(file).mtimeMs < made.mtimeMs);
}
