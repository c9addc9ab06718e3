import { isDeepStrictEqual } from 'node:util';
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
    namespaces: diff(before.namespaces, after.namespaces, namespaceKey, isDeepStrictEqual),
    processes: diff(before.processes, after.processes, processKey, sameProcess),
  };
}

export function isEmptyDiff({ namespaces, processes }: MachineDiff): boolean {
  return [namespaces, processes].every(
    ({ added, removed, changed }) => added.length + removed.length + changed.length === 0,
  );
}

function diff<T>(
  before: readonly T[],
  after: readonly T[],
  keyOf: (each: T) => string,
  same: (a: T, b: T) => boolean,
): Changes<T> {
  const old = new Map(before.map((each) => [keyOf(each), each]));
  const added: T[] = [];
  const changed: Change<T>[] = [];
  for (const each of after) {
    const key = keyOf(each);
    const previous = old.get(key);
    old.delete(key);
    if (previous === undefined) added.push(each);
    else if (!same(previous, each)) changed.push({ before: previous, after: each });
  }
  return { added, removed: [...old.values()], changed };
}

/** Ids that last tell a namespace from a later one with its inode; older kernels have none. */
function namespaceKey({ kind, id, lastingId }: MachineNamespace): string {
  return `${kind} ${id} ${lastingId ?? ''}`;
}

function processKey({ pid, startTime }: MachineProcess): string {
  return `${pid} ${startTime}`;
}

/** Written out, because there may be ten thousand of them. Times and ids that make the key are not compared again. */
function sameProcess(a: MachineProcess, b: MachineProcess): boolean {
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
