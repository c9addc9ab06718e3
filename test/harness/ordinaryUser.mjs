import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { atExit } from './atExit.mjs';
import { openToAll } from './openToAll.mjs';
import { dist, root } from './paths.mjs';
import { exitCode } from './process.mjs';

/**
 * An ordinary user for tests that root runs. The system gets no account: the user is known only in a mount namespace
 * in which /etc/passwd and its like have one line more.
 */
export const student = { name: 'student', uid: 4242, gid: 4242, classGid: 4243 };

/**
 * @typedef {object} Stage a folder that the student can read, with what a test needs in it
 * @property {string} folder
 * @property {string} home the student's own
 * @property {string} dist a copy of dist/
 * @property {string} node
 * @property {() => void} dispose
 */

/**
 * Makes the student's home, and beside it copies of dist/ and media/, because a checkout may be closed to others.
 * @param {{ dist?: boolean }} [options]
 * @returns {Stage}
 */
export function stage(options = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'anton-student-'));
  chmodSync(folder, 0o755);
  const home = join(folder, 'home');
  mkdirSync(home, { mode: 0o755 });
  chownSync(home, student.uid, student.gid);
  const copyOfDist = join(folder, 'dist');
  if (options.dist !== false) {
    copyReadable(dist, copyOfDist);
    // The shells' start-up files, which the extension finds beside dist/.
    copyReadable(join(root, 'media'), join(folder, 'media'));
  }
  writeAccounts(folder, home);
  const remove = () => {
    rmSync(folder, { recursive: true, force: true });
  };
  const forget = atExit(remove);
  const dispose = () => {
    forget();
    remove();
  };
  return { ...openStage(folder), dispose };
}

/**
 * The stage that another process made in this folder, and will remove.
 * @param {string} folder
 * @returns {Omit<Stage, 'dispose'>}
 */
export function openStage(folder) {
  return { folder, home: join(folder, 'home'), dist: join(folder, 'dist'), node: reachableNode(folder) };
}

/**
 * The command line that runs a command as the student, with the student's clean environment. All its parts replace
 * each other by exec, so that the process started is the command itself.
 * @param {Omit<Stage, 'dispose'>} stage
 * @param {string} command
 * @param {string[]} args
 * @param {Record<string, string | undefined>} [env]
 */
export function asStudent(stage, command, args, env = {}) {
  const { uid, gid, classGid } = student;
  const binds = accountFiles.filter((file) => existsSync(join(stage.folder, basename(file))));
  const script = `${binds.map((file) => `mount --bind "$0/${basename(file)}" ${file} && `).join('')}exec "$@"`;
  return {
    command: 'unshare',
    args: [
      ...['--mount', '--propagation', 'private', '/bin/sh', '-c', script, stage.folder],
      // The bounding set stays whole, as a login leaves it: newuidmap and sudo live on it.
      ...[
        'setpriv',
        `--reuid=${uid}`,
        `--regid=${gid}`,
        `--groups=${gid},${classGid}`,
        '--inh-caps=-all',
        '--',
      ],
      ...[command, ...args],
    ],
    env: {
      HOME: stage.home,
      USER: student.name,
      LOGNAME: student.name,
      SHELL: '/bin/bash',
      PATH: `${dirname(stage.node)}:/usr/local/bin:/usr/bin:/bin:/usr/local/sbin:/usr/sbin:/sbin`,
      LANG: 'C.UTF-8',
      ...env,
    },
  };
}

/**
 * Runs a command as the student with this process's output.
 * @param {Omit<Stage, 'dispose'>} stage
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: Record<string, string | undefined> }} [options]
 * @returns {Promise<number>} its exit code
 */
export function runAsStudent(stage, command, args, options = {}) {
  const line = asStudent(stage, command, args, options.env);
  return exitCode(line.command, line.args, { cwd: options.cwd ?? stage.home, env: line.env });
}

/**
 * Copies a file or folder and lets everyone read it.
 * @param {string} from
 * @param {string} to
 */
export function copyReadable(from, to) {
  const notForTests = new Set(['stage', 'screenshots'].map((name) => join(dist, name)));
  cpSync(from, to, { recursive: true, filter: (file) => !notForTests.has(file) || file === from });
  openToAll(to);
}

const accountFiles = ['/etc/passwd', '/etc/group', '/etc/subuid', '/etc/subgid'];

/**
 * @param {string} folder
 * @param {string} home
 */
function writeAccounts(folder, home) {
  const { name, uid, gid, classGid } = student;
  const lines = {
    '/etc/passwd': `${name}:x:${uid}:${gid}:A student:${home}:/bin/bash\n`,
    '/etc/group': `${name}:x:${gid}:\nclass:x:${classGid}:${name}\n`,
    '/etc/subuid': `${name}:3000000:65536\n`,
    '/etc/subgid': `${name}:3000000:65536\n`,
  };
  for (const [file, line] of Object.entries(lines)) {
    // What does not exist has no place to be mounted on.
    if (existsSync(file))
      writeFileSync(join(folder, basename(file)), withNewline(readFileSync(file, 'utf8')) + line);
  }
}

/** @param {string} text */
function withNewline(text) {
  return text === '' || text.endsWith('\n') ? text : `${text}\n`;
}

/** @param {string} folder */
function reachableNode(folder) {
  const node = process.execPath;
  if (isReachable(node)) return node;
  const copy = join(folder, 'bin', 'node');
  if (existsSync(copy)) return copy;
  mkdirSync(dirname(copy));
  cpSync(node, copy);
  chmodSync(copy, 0o755);
  return copy;
}

/**
 * Whether everyone may enter all folders down to this file.
 * @param {string} file
 * @returns {boolean}
 */
function isReachable(file) {
  const parent = dirname(file);
  return (statSync(file).mode & 0o001) !== 0 && (parent === file || isReachable(parent));
}
