import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { atExit } from './atExit.mjs';
import { ensureBrowser } from './ensure.mjs';
import { readCounts } from './levels.mjs';
import { stage } from './ordinaryUser.mjs';
import { packVsix } from './package.mjs';
import { dist, isRoot, root } from './paths.mjs';
import { capture, exitCode } from './process.mjs';
import { testSettings } from './settings.mjs';
import { ensureCodeServer, ensureNode24 } from './tools.mjs';
import { unpackVsix } from './vsix.mjs';

/** Desktop VS Code is one program of one user; it gets no student. */
const isDesktop = Boolean(process.env.ANTON_VSCODE ?? process.env.ANTON_VSCODE_VERSION);

/**
 * Runs the suite in a real extension host, on what a VSIX holds rather than on the sources. Beside root it is an
 * ordinary user's.
 * @param {string | undefined} user
 * @param {string | undefined} grep
 * @param {string} [suite] folder below test/ whose index.ts has a run()
 * @returns {Promise<import('./levels.mjs').Counts | undefined>}
 */
export async function runInExtensionHost(user, grep, suite = 'extension') {
  const node = await ensureNode24();
  if (!isDesktop) await Promise.all([ensureCodeServer(), ensureBrowser()]);
  const vsix = await packVsix(process.arch);
  const place = isRoot && user !== 'root' && !isDesktop ? asStudent() : asSelf();
  try {
    unpackVsix(vsix, place.extension);
    const results = join(place.work, 'results.json');
    const output = join(place.work, 'output.txt');
    const stopFollowing = follow(output);
    await exitCode(
      node,
      [
        join(root, 'test', 'harness', 'testElectron.mjs'),
        `--development=${place.extension}`,
        `--tests=${join(place.dist, 'test', suite, 'index.js')}`,
        `--data=${makeDataDir(place.work)}`,
        makeFolder(place.work, 'workspace'),
      ],
      {
        env: {
          ...{ ...process.env, ...place.env, ANTON_RESULTS: results, ANTON_OUTPUT: output },
          ...(grep ? { ANTON_GREP: grep } : {}),
        },
      },
    );
    stopFollowing();
    return readCounts(results);
  } finally {
    place.dispose();
  }
}

/**
 * @typedef {object} Place
 * @property {string} extension where the VSIX is unpacked
 * @property {string} dist
 * @property {string} work a folder the tests may write to
 * @property {Record<string, string>} env
 * @property {() => void} dispose
 */

/** @returns {Place} */
function asStudent() {
  const place = stage();
  return {
    extension: join(place.folder, 'extension'),
    dist: place.dist,
    work: place.home,
    env: { ANTON_STAGE: place.folder },
    dispose: place.dispose,
  };
}

/** @returns {Place} */
function asSelf() {
  const work = mkdtempSync(join(tmpdir(), 'anton-extension-'));
  const remove = () => {
    rmSync(work, { recursive: true, force: true });
  };
  const forget = atExit(remove);
  const dispose = () => {
    forget();
    remove();
  };
  return { extension: join(dist, 'stage'), dist, work, env: {}, dispose };
}

/**
 * Prints what a file gets, as it gets it: the extension host's console is mixed with the workbench's own chatter.
 * @param {string} file
 * @returns {() => void} ends it, after what is left is printed
 */
function follow(file) {
  let printed = 0;
  const print = () => {
    const text = existsSync(file) ? readFileSync(file) : Buffer.alloc(0);
    process.stdout.write(text.subarray(printed));
    printed = text.length;
  };
  const timer = setInterval(print, 200);
  return () => {
    clearInterval(timer);
    print();
  };
}

/** @param {string} work */
function makeDataDir(work) {
  const folder = makeFolder(work, 'data');
  mkdirSync(join(folder, 'User'));
  writeFileSync(join(folder, 'User', 'settings.json'), JSON.stringify(testSettings));
  return folder;
}

/**
 * @param {string} work
 * @param {string} name
 */
function makeFolder(work, name) {
  const folder = join(work, name);
  mkdirSync(folder);
  if (isRoot) capture('chown', [`--reference=${work}`, folder]);
  return folder;
}
