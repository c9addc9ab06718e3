import { isDeepStrictEqual } from 'node:util';
import { namespaceKinds } from '../kernel/kinds';
import type { MachineNamespace, MachineProcess, MachineSnapshot } from './snapshot';

export interface Change<T> {
  readonly before: T;
  readonly after: T;
}

export interface Changes<T> {
  readonly added: readonly T[];
  readonly removed: readonly T[];
  readonly changed: readonly Change<T>[];
}

/** What became different from one snapshot to a later one. */
export interface MachineDiff {
  readonly namespaces: Changes<MachineNamespace>;
  readonly processes: Changes<MachineProcess>;
}

/** A number that the kernel has used again counts as one removed and one added. */
export function diffMachines(before: MachineSnapshot, after: MachineSnapshot): MachineDiff {
  return {
    namespaces: diff(before.namespaces, after.namespaces, orderOfNamespaces, sameNamespace),
    processes: diff(before.processes, after.processes, orderOfProcesses, sameProcess),
  };
}

export function isEmptyDiff({ namespaces, processes }: MachineDiff): boolean {
  return [namespaces, processes].every(
    ({ added, removed, changed }) => added.length + removed.length + changed.length === 0,
  );
}

type Order<T> = (a: T, b: T) => number;

/** Walks over both lists at once, which are in this order. */
function diff<T>(
  before: readonly T[],
  after: readonly T[],
  order: Order<T>,
  same: (a: T, b: T) => boolean,
): Changes<T> {
  const [added, removed, changed]: [T[], T[], Change<T>[]] = [[], [], []];
  let at = 0;
  for (const each of after) {
    let old = before[at];
    while (old !== undefined && old !== each && order(old, each) < 0) {
      removed.push(old);
      old = before[++at];
    }
    if (old === undefined || (old !== each && order(old, each) !== 0)) {
      added.push(each);
      continue;
    }
    at++;
    if (old !== each && !same(old, each)) changed.push({ before: old, after: each });
  }
  return { added, removed: [...removed, ...before.slice(at)], changed };
}

type NamespaceKey = Pick<MachineNamespace, 'kind' | 'id' | 'lastingId'>;

/**
 * The order of a snapshot's namespaces, and of those with one inode the order of their lasting ids, which tell a
 * namespace from a later one; older kernels have none.
 */
export function orderOfNamespaces(a: NamespaceKey, b: NamespaceKey): number {
  return (
    namespaceKinds.indexOf(a.kind) - namespaceKinds.indexOf(b.kind) ||
    a.id - b.id ||
    (a.lastingId ?? 0) - (b.lastingId ?? 0)
  );
}

/** By PID, and of those with one PID by their start. */
export function orderOfProcesses(a: MachineProcess, b: MachineProcess): number {
  return a.pid - b.pid || a.startTime - b.startTime;
}

export function sameNamespace(a: MachineNamespace, b: MachineNamespace): boolean {
  return isDeepStrictEqual(a, b);
}

/** Written out, because there may be ten thousand of them. Times and ids that make the key are not compared again. */
export function sameProcess(a: MachineProcess, b: MachineProcess): boolean {
  return (
    a.parent === b.parent &&
    a.uid === b.uid &&
    a.name === b.name &&
    a.threadCount === b.threadCount &&
    a.isZombie === b.isZombie &&
    a.isHidden === b.isHidden &&
    sameIds(a, b)
  );
}

function sameIds({ namespaces: a }: MachineProcess, { namespaces: b }: MachineProcess): boolean {
  return (
    a === b ||
    (a.user === b.user &&
      a.pid === b.pid &&
      a.mnt === b.mnt &&
      a.uts === b.uts &&
      a.ipc === b.ipc &&
      a.net === b.net &&
      a.cgroup === b.cgroup &&
      a.time === b.time)
  );
}
