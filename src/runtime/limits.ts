import * as fs from 'node:fs';
import * as path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Failure } from '../kernel/failure';
import type { Limits } from './profile';

/** What the kernel counts a cgroup's processor time by, in microseconds (cgroup v2, cpu.max). */
const period = 100_000;

/** A cgroup of a terminal's own, with its limits. */
export interface LimitGroup {
  readonly folder: string;
  /** Moves a process into it; what that process starts is in it too. @throws Failure */
  add(pid: number): void;
  /** Removes it, once everything in it has ended. */
  remove(): Promise<void>;
}

/**
 * Makes a cgroup with these limits below the nearest one that is delegated to this user (cgroup v2, "Delegation").
 * @throws Failure with step 'limits', whose subject says what is missing.
 */
export function makeLimitGroup(limits: Limits, name: string): LimitGroup {
  const settings = settingsOf(limits);
  const parent = findDelegated([...settings.keys()].map((file) => file.split('.')[0] ?? file));
  const folder = path.join(parent, name);
  const attempt = (file: string, action: () => void): void => {
    try {
      action();
    } catch (error) {
      throw Failure.of('limits', error, file);
    }
  };
  attempt(folder, () => {
    fs.mkdirSync(folder);
  });
  for (const [file, text] of settings)
    attempt(path.join(folder, file), () => {
      fs.writeFileSync(path.join(folder, file), text);
    });
  return {
    folder,
    add: (pid) => {
      attempt(path.join(folder, 'cgroup.procs'), () => {
        fs.writeFileSync(path.join(folder, 'cgroup.procs'), String(pid));
      });
    },
    remove: () => removeFolder(folder),
  };
}

/** The controllers that a profile's limits need: 'memory', 'pids', 'cpu'. */
function settingsOf({ memory, processes, cpu }: Limits): Map<string, string> {
  const settings = new Map<string, string>();
  if (memory !== undefined) settings.set('memory.max', String(memory));
  if (processes !== undefined) settings.set('pids.max', String(processes));
  if (cpu !== undefined) settings.set('cpu.max', `${Math.round(cpu * period)} ${period}`);
  return settings;
}

/**
 * The nearest cgroup above this process in which this user may make others with these controllers.
 * @throws Failure
 */
export function findDelegated(controllers: readonly string[]): string {
  const top = mountPoint();
  const own = /^0::(.*)$/m.exec(readText('/proc/self/cgroup'))?.[1];
  if (top === undefined || own === undefined)
    throw new Failure({ step: 'limits', code: '', subject: 'cgroup2' });
  for (let folder = path.join(top, own); folder.startsWith(top); folder = path.dirname(folder)) {
    const enabled = readText(path.join(folder, 'cgroup.subtree_control')).trim().split(/\s+/);
    if (controllers.every((each) => enabled.includes(each)) && mayManage(folder)) return folder;
    if (folder === top) break;
  }
  throw new Failure({ step: 'limits', code: '', subject: controllers.join(' ') });
}

function mayManage(folder: string): boolean {
  try {
    fs.accessSync(folder, fs.constants.W_OK | fs.constants.X_OK);
    fs.accessSync(path.join(folder, 'cgroup.procs'), fs.constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** Where cgroup2 is mounted: '/sys/fs/cgroup', or below it on a hybrid system. */
function mountPoint(): string | undefined {
  const line = readText('/proc/self/mountinfo')
    .split('\n')
    .find((each) => each.includes(' - cgroup2 '));
  return line?.split(' ')[4];
}

/** The last processes take a moment to leave. */
async function removeFolder(folder: string): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt++) {
    try {
      await fs.promises.rmdir(folder);
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EBUSY') return;
      await sleep(20);
    }
  }
}

function readText(file: string): string {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
