import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { dist, root } from './paths.mjs';
import { run, which } from './process.mjs';

const sources = join(root, 'native');

/** What both the build and the linter ask of the C sources. */
export const warnings = ['-std=gnu11', '-Wall', '-Wextra', '-Werror'];

/** All of native/*.c. */
export function cFiles() {
  return filesOf('.c');
}

/** The programs, each by the names of its sources. Small ones begin sooner. */
const programs = {
  anton: { sources: /^(main|op)\.c$/, isSmall: true },
  'anton-guard': { sources: /^(guard|op)\.c$/, isSmall: true },
  'anton-scan': { sources: /^scan(_\w+)?\.c$/, isSmall: false },
};

/**
 * What is in no program, and `op.c`, which is in both.
 * @param {string} file
 */
function isOfLibrary(file) {
  return file === 'op.c' || !Object.values(programs).some(({ sources }) => sources.test(file));
}

/**
 * Compiles native/ into dist/native/linux-<arch>, unless what is there was made from the same.
 * @param {'x64' | 'arm64'} arch
 */
export async function compileNative(arch) {
  const all = cFiles();
  const library = all.filter((file) => isOfLibrary(basename(file)));
  const folder = join(dist, 'native', `linux-${arch}`);
  mkdirSync(folder, { recursive: true });
  await compile(arch, library, join(folder, 'libanton.so'), [
    ...['-fPIC', '-shared', '-fvisibility=default', '-pthread'],
    ...['-Wl,-z,now', '-Wl,-z,relro', '-Wl,-soname,libanton.so'],
  ]);
  for (const [name, { sources, isSmall }] of Object.entries(programs)) {
    const own = all.filter((file) => sources.test(basename(file)));
    const compiler = isSmall ? smallCompilerFor(arch) : compilerFor(arch);
    await compile(arch, own, join(folder, name), ['-static', '-s', '-pthread'], compiler);
  }
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
 * The compiler for small static programs: musl's, where there is one. A program of glibc's asks the processor for its
 * caches before it begins, which takes longer than all else that `anton` does on a virtual machine.
 * @param {string} arch
 */
function smallCompilerFor(arch) {
  return (arch === process.arch ? which('musl-gcc') : undefined) ?? compilerFor(arch);
}

/**
 * @param {string} arch
 * @param {string[]} files
 * @param {string} target
 * @param {string[]} flags
 * @param {string | undefined} [compiler]
 */
async function compile(arch, files, target, flags, compiler = compilerFor(arch)) {
  if (files.length === 0) return;
  if (!compiler)
    throw new Error(`No C compiler for ${arch}: install gcc (Debian: apt install gcc libc6-dev)`);
  const command = [compiler, ...warnings, '-O2', ...flags, ...files];
  // By content and not by time: a checkout of another state brings older files, a removed one brings none.
  const made = fingerprint(command, [...files, ...filesOf('.h')]);
  const stamp = join(dist, 'native', `${basename(target)}-${arch}.stamp`);
  if (existsSync(target) && existsSync(stamp) && readFileSync(stamp, 'utf8') === made) return;
  // A running extension host may have the old file mapped; writing into it would crash that process.
  const temporary = `${target}.${process.pid}`;
  try {
    await run(compiler, [...command.slice(1), '-o', temporary]);
    renameSync(temporary, target);
    writeFileSync(stamp, made);
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
 * @param {string[]} command
 * @param {string[]} inputs
 */
function fingerprint(command, inputs) {
  const hash = createHash('sha256').update(JSON.stringify(command));
  for (const file of inputs) hash.update(readFileSync(file));
  return hash.digest('hex');
}
