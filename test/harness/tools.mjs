import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { openToAll } from './openToAll.mjs';
import { cache } from './paths.mjs';
import { capture, run } from './process.mjs';
import { koffiCache, koffiPackage } from './runtimeFiles.mjs';
import { ensureSystem, hasFile, hasProgram } from './systemPackages.mjs';

const nodeVersion = '24.21.0';
const codeServerVersion = '4.139.1';

/**
 * Node 24 for the tools that want it, beside whatever Node runs this. It has a folder of its own because it would
 * come first on PATH, half made, for the install scripts of packages beside it.
 * @returns {Promise<string>} the path of its binary
 */
export async function ensureNode24() {
  const name = `node-linux-${process.arch}`;
  const binary = (/** @type {string} */ folder) => join(folder, 'node_modules', name, 'bin', 'node');
  const folder = await installOnce(`node-${nodeVersion}`, {
    install: (target) => npmInstall(target, [`${name}@${nodeVersion}`]),
    check: (target) => capture(binary(target), ['--version']).trim() === `v${nodeVersion}`,
  });
  return binary(folder);
}

/**
 * VS Code as a server, for tests on the real thing where Electron cannot be had.
 * @returns {Promise<{ node: string, entry: string }>} the Node binary it runs on, and its entry
 */
export async function ensureCodeServer() {
  const node = await ensureNode24();
  const entry = (/** @type {string} */ folder) =>
    join(folder, 'node_modules', 'code-server', 'out', 'node', 'entry.js');
  const folder = await installOnce(`code-server-${codeServerVersion}`, {
    install: async (target) => {
      await ensureBuildTools();
      process.stdout.write('Installing code-server; this takes some minutes, once.\n');
      // Its native modules must match the Node that runs it: headers and `node` on PATH are that one's.
      const PATH = `${dirname(node)}:${process.env.PATH ?? ''}`;
      const env = { ...process.env, PATH, npm_config_nodedir: dirname(dirname(node)) };
      await npmInstall(target, [`code-server@${codeServerVersion}`], env);
    },
    // Without a config named it would write one into the home folder, and say so before its version.
    check: (target) =>
      capture(node, [entry(target), '--config=/dev/null', '--version']).startsWith(codeServerVersion),
  });
  return { node, entry: entry(folder) };
}

/**
 * koffi's binary for another architecture, which npm does not install here by itself.
 * @param {string} arch
 */
export async function ensureKoffi(arch) {
  if (existsSync(koffiPackage(arch))) return;
  const folder = koffiCache(arch);
  const version = folder.slice(folder.lastIndexOf('-') + 1);
  const name = `@koromix/koffi-linux-${arch}`;
  await installOnce(folder.slice(cache.length + 1), {
    // npm takes a package for another processor only when forced to.
    install: (target) => npmInstall(target, ['--force', '--ignore-scripts', `${name}@${version}`]),
    check: (target) => existsSync(join(target, 'node_modules', name, `linux_${arch}`, 'koffi.node')),
  });
}

/**
 * Installs into the cache, once. The marker is written last and the folder takes its name last: what an interrupted
 * install left counts for nothing.
 * @param {string} name of the folder
 * @param {{ install: (folder: string) => Promise<void>, check: (folder: string) => boolean }} tool
 */
async function installOnce(name, tool) {
  const folder = join(cache, name);
  const marker = join(folder, '.complete');
  if (existsSync(marker)) return folder;
  if (!passes(tool, folder)) {
    const temporary = `${folder}.${process.pid}`;
    try {
      mkdirSync(temporary, { recursive: true });
      await tool.install(temporary);
      if (!tool.check(temporary)) throw new Error(`${name} was installed but does not work`);
      rmSync(folder, { recursive: true, force: true });
      renameSync(temporary, folder);
    } finally {
      rmSync(temporary, { recursive: true, force: true });
    }
  }
  openToAll(folder);
  writeFileSync(marker, '');
  return folder;
}

/**
 * @param {{ check: (folder: string) => boolean }} tool
 * @param {string} folder
 */
function passes(tool, folder) {
  try {
    return existsSync(folder) && tool.check(folder);
  } catch {
    return false;
  }
}

/**
 * @param {string} folder
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} [env]
 */
async function npmInstall(folder, args, env = process.env) {
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
  const quiet = ['--no-audit', '--no-fund', '--no-package-lock', '--loglevel=error'];
  await run('npm', ['install', '--prefix', folder, ...quiet, ...args], {
    cwd: folder,
    env: withoutOuterNpm(env),
  });
}

/**
 * An npm that runs this script describes itself in the environment, its Node version among other things, and install
 * scripts would believe that.
 * @param {NodeJS.ProcessEnv} env
 */
function withoutOuterNpm(env) {
  const foreign = /^npm_(?!config_)|^npm_config_(user_agent|node_gyp|global_prefix|local_prefix|prefix)$/;
  return Object.fromEntries(Object.entries(env).filter(([name]) => !foreign.test(name)));
}

/** What code-server's native modules are compiled with. */
async function ensureBuildTools() {
  await ensureSystem([
    { what: 'Python 3', isThere: hasProgram('python3'), apt: ['python3'], pacman: ['python'] },
    { what: 'make', isThere: hasProgram('make'), apt: ['make'] },
    { what: 'a C++ compiler', isThere: hasProgram('g++'), apt: ['g++'], dnf: ['gcc-c++'], pacman: ['gcc'] },
    {
      what: 'the headers of Kerberos',
      isThere: hasFile('/usr/include/gssapi/gssapi.h'),
      apt: ['libkrb5-dev'],
      dnf: ['krb5-devel'],
      pacman: ['krb5'],
    },
  ]);
}
