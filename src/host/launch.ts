import { spawn } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Failure } from '../kernel/failure';
import { makeFolder } from './folder';

/** How long the process may take until it listens, in milliseconds; and how often another's start is asked for. */
const patience = 15_000;
const round = 20;

/** How much of what it said before it failed is told. */
const lastWords = 400;

export interface Launch {
  /** dist/host.js */
  readonly bundle: string;
  readonly build: string;
  /** Where its socket may be, the best first. */
  readonly folders: readonly string[];
  /** media/shell */
  readonly scripts: string;
}

/**
 * Starts the runtime's process with the editor's own node, so that it outlives whoever starts it. Of several that
 * start it at once one does; the others wait for it.
 * @throws Failure (start_runtime) with what it said before it ended, or (runtime_folder) if no folder is good.
 */
export async function launch(what: Launch): Promise<void> {
  const folder = makeFolder(what.folders);
  const lock = path.join(folder, `${what.build}.lock`);
  if (!takeLock(lock)) {
    for (const late = Date.now() + patience; fs.existsSync(lock) && Date.now() < late;) await sleep(round);
    return;
  }
  try {
    await start(what, folder);
  } finally {
    fs.rmSync(lock, { force: true });
  }
}

/** A lock whose owner was killed is nobody's; a process that has just ended may have taken the folder away. */
function takeLock(lock: string): boolean {
  for (let tries = 0; tries < 3; tries++) {
    try {
      fs.writeFileSync(lock, String(process.pid), { flag: 'wx', mode: 0o600 });
      return true;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'ENOENT' && tries === 0) {
        makeFolder([path.dirname(lock)]);
        continue;
      }
      if (code !== 'EEXIST') throw Failure.of('runtime_folder', error, lock);
      if (isOwned(lock)) return false;
      fs.rmSync(lock, { force: true });
    }
  }
  return false;
}

function isOwned(lock: string): boolean {
  try {
    const { mtimeMs } = fs.statSync(lock);
    const pid = Number(fs.readFileSync(lock, 'utf8'));
    return Date.now() - mtimeMs < patience && (pid === 0 || fs.existsSync(`/proc/${pid}`));
  } catch {
    return false;
  }
}

/** @param folder where it logs. */
async function start({ bundle, build, folders, scripts }: Launch, folder: string): Promise<void> {
  const log = path.join(folder, `${build}.log`);
  const errors = openLog(log);
  try {
    const child = spawn(process.execPath, [bundle, build, scripts, ...folders], {
      cwd: '/',
      detached: true,
      env: { ...withoutEditor(process.env), ELECTRON_RUN_AS_NODE: '1' },
      stdio: ['ignore', 'pipe', errors],
    });
    const failure = await new Promise<string | undefined>((resolve) => {
      const late = setTimeout(() => {
        child.kill('SIGKILL');
        resolve(`not ready after ${patience / 1000} s`);
      }, patience);
      const settle = (result: string | undefined): void => {
        clearTimeout(late);
        resolve(result);
      };
      child.stdout?.once('data', () => settle(undefined));
      child.once('error', (error) => settle(error.message));
      child.once('exit', (code, signal) => settle(`exited with ${code ?? signal ?? '?'}`));
    });
    child.stdout?.destroy();
    child.unref();
    if (failure === undefined) return;
    const said = errors === 'ignore' ? '' : lastOf(log);
    throw new Failure({
      step: 'start_runtime',
      code: '',
      subject: [failure, said].filter(Boolean).join(': '),
    });
  } finally {
    if (errors !== 'ignore') fs.closeSync(errors);
  }
}

/** Where its errors go; on a full disk nowhere, which keeps nothing from running. */
function openLog(file: string): number | 'ignore' {
  try {
    return fs.openSync(file, 'w', 0o600);
  } catch {
    return 'ignore';
  }
}

function lastOf(file: string): string {
  try {
    const said = fs.readFileSync(file, 'utf8');
    // The line that names the error, if Node printed one.
    return (/^\w*Error.*$/m.exec(said)?.[0] ?? said.trim()).slice(-lastWords);
  } catch {
    return '';
  }
}

/** What the editor tells its own processes is not for this one. */
function withoutEditor(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const own = Object.entries(env).filter(([name]) => !/^(VSCODE_|NODE_OPTIONS$|ELECTRON_)/.test(name));
  return Object.fromEntries(own);
}
