import * as fs from 'node:fs';
import * as path from 'node:path';
import { mayAccess, readText } from '../kernel/files';
import type { Mount } from './mounts';

/** Where cgroup2 is mounted, the cgroup of this process, and what it may do there. */
export interface CgroupFact {
  readonly mount: string;
  readonly own: string;
  readonly writable: boolean;
  /** Controllers that cgroup v2 has on this system; others may still belong to v1. */
  readonly available: readonly string[];
  /** Those that a cgroup below this process's own could have. */
  readonly controllers: readonly string[];
}

/** Undefined without cgroup v2. */
export function cgroupFact(mounts: readonly Mount[]): CgroupFact | undefined {
  const mount = mounts.find(({ type }) => type === 'cgroup2')?.target;
  const own = /^0::(.*)$/m.exec(readText('/proc/self/cgroup') ?? '')?.[1];
  if (mount === undefined || own === undefined) return undefined;
  const folder = path.join(mount, own);
  return {
    mount,
    own,
    writable: mayAccess(folder, fs.constants.W_OK) && mayAccess(`${folder}/cgroup.procs`, fs.constants.W_OK),
    available: controllersOf(mount),
    controllers: controllersOf(folder),
  };
}

function controllersOf(folder: string): readonly string[] {
  const text = readText(path.join(folder, 'cgroup.controllers')) ?? '';
  return text.split(/\s+/).filter(Boolean);
}
