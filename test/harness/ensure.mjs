import { lstatSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { compilerFor } from './compile.mjs';
import { root } from './paths.mjs';
import { capture, run, which } from './process.mjs';
import { ensureSystem, hasProgram } from './systemPackages.mjs';

/** Installs node_modules if the lock file changed since. */
export async function ensureModules() {
  const folder = join(root, 'node_modules');
  // npm ci empties the folder first: through a link, that would be another checkout's.
  if (lstatSync(folder, { throwIfNoEntry: false })?.isSymbolicLink()) return;
  const installed = statSync(join(folder, '.package-lock.json'), { throwIfNoEntry: false });
  const locked = statSync(join(root, 'package-lock.json'));
  if (installed && installed.mtimeMs >= locked.mtimeMs) return;
  // No package here needs its install script: the binaries come in packages of their own, and a script that finds
  // them missing would try to compile or download.
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error'];
  await run('npm', ['ci', '--ignore-scripts', '--include=dev', ...quiet], { cwd: root });
}

/** A C compiler that can link a static program. */
export async function ensureCompiler() {
  await ensureSystem([
    {
      what: 'a C compiler with a static libc',
      isThere: canLinkStatically,
      apt: ['gcc', 'libc6-dev'],
      dnf: ['gcc', 'glibc-static'],
      pacman: ['gcc'],
    },
  ]);
  try {
    await ensureSystem([
      {
        what: "musl's compiler",
        isThere: hasProgram('musl-gcc'),
        apt: ['musl-tools'],
        dnf: ['musl-gcc'],
        pacman: ['musl'],
      },
    ]);
  } catch {
    console.warn('Without musl-gcc (Debian: musl-tools) the command anton starts a little slower.');
  }
}

/**
 * A compiler for another architecture than this machine's.
 * @param {string} arch
 */
export async function ensureCrossCompiler(arch) {
  const [name, libc] = arch === 'arm64' ? ['aarch64', 'arm64'] : ['x86-64', 'amd64'];
  const compiler = `gcc-${name}-linux-gnu`;
  await ensureSystem([
    {
      what: `a C compiler for ${arch}`,
      isThere: () => compilerFor(arch) !== undefined,
      apt: [compiler, `libc6-dev-${libc}-cross`],
      dnf: [compiler],
      pacman: [`${name.replace('-', '_')}-linux-gnu-gcc`],
    },
  ]);
}

/** The shells that a terminal is tried with. */
export async function ensureShells() {
  const shells = ['bash', 'dash', 'zsh', 'fish'];
  await ensureSystem(shells.map((name) => ({ what: name, isThere: hasProgram(name), apt: [name] })));
}

/** What makes an ordinary user out of root, and what looks into an ELF file. */
export async function ensureTools() {
  await ensureSystem([
    {
      what: 'unshare and setpriv',
      isThere: () => !!which('unshare') && !!which('setpriv'),
      apt: ['util-linux'],
    },
    { what: 'mount', isThere: hasProgram('mount'), apt: ['mount'] },
    { what: 'ps', isThere: hasProgram('ps'), apt: ['procps'], dnf: ['procps-ng'] },
    { what: 'readelf', isThere: hasProgram('readelf'), apt: ['binutils'] },
    { what: 'unzip', isThere: hasProgram('unzip'), apt: ['unzip'] },
  ]);
}

/** The programs that Anton uses where they are: for ranges of ids, and for a network without privileges. */
export async function ensureHelpers() {
  await ensureSystem([
    {
      what: 'newuidmap',
      isThere: hasProgram('newuidmap'),
      apt: ['uidmap'],
      dnf: ['shadow-utils'],
      pacman: ['shadow'],
    },
    { what: 'slirp4netns', isThere: hasProgram('slirp4netns'), apt: ['slirp4netns'] },
  ]);
  try {
    await ensureSystem([{ what: 'pasta', isThere: hasProgram('pasta'), apt: ['passt'] }]);
  } catch {
    console.warn('Without pasta (Debian: passt) its test is skipped.');
  }
}

/** Container runtimes, for a scan to find their containers. */
export async function ensureContainerRuntimes() {
  for (const name of ['runc', 'crun']) {
    try {
      await ensureSystem([{ what: name, isThere: hasProgram(name), apt: [name] }]);
    } catch {
      console.warn(`Without ${name} its test is skipped.`);
    }
  }
}

/** The programs that `npm run bench` measures against. */
export async function ensurePeers() {
  await ensureSystem([{ what: 'bubblewrap', isThere: hasProgram('bwrap'), apt: ['bubblewrap'] }]);
}

/**
 * A browser of Chromium's family: $ANTON_BROWSER, or what the system has.
 * @returns {Promise<string>} its path
 */
export async function ensureBrowser() {
  await ensureSystem([{ what: 'Chromium', isThere: () => findBrowser() !== undefined, apt: ['chromium'] }]);
  return /** @type {string} */ (findBrowser());
}

function findBrowser() {
  if (process.env.ANTON_BROWSER) return process.env.ANTON_BROWSER;
  return which('chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable');
}

function canLinkStatically() {
  const compiler = compilerFor(process.arch);
  if (!compiler) return false;
  try {
    const input = '#include <pthread.h>\n#include <linux/sched.h>\nint main(void) { return 0; }\n';
    capture(compiler, ['-static', '-xc', '-', '-o', '/dev/null'], { input });
    return true;
  } catch {
    return false;
  }
}
