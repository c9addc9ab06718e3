import { orderOfNamespaces, orderOfProcesses, sameNamespace, sameProcess } from './machineDiff';
import { namespaceKinds } from '../kernel/kinds';
import type { NamespaceIds } from '../kernel/proc';
import type { MachineNamespace, MachineProcess, MachineSnapshot } from './snapshot';

/**
 * What is as it was in the snapshot before stays the same object. Most is: so later snapshots make little garbage,
 * and who compares two of them sees at once that nothing happened.
 */
export class Kept {
  readonly process: (now: MachineProcess) => MachineProcess;
  readonly namespace: (now: MachineNamespace) => MachineNamespace;
  private readonly known = new Map<string, NamespaceIds>();

  constructor(before: MachineSnapshot | undefined) {
    this.process = keeper(before?.processes ?? [], orderOfProcesses, sameProcess);
    this.namespace = keeper(before?.namespaces ?? [], orderOfNamespaces, sameNamespace);
    for (const ids of new Set(before?.processes.map(({ namespaces }) => namespaces))) {
      this.known.set(keyOf(ids), ids);
    }
  }

  ids(now: NamespaceIds): NamespaceIds {
    return this.known.get(keyOf(now)) ?? now;
  }
}

/** To be called with things in the order of the list, in which it walks along with them. */
function keeper<T>(
  before: readonly T[],
  order: (a: T, b: T) => number,
  same: (a: T, b: T) => boolean,
): (now: T) => T {
  let at = 0;
  return (now) => {
    let old = before[at];
    while (old !== undefined && order(old, now) < 0) old = before[++at];
    return old !== undefined && order(old, now) === 0 && same(old, now) ? old : now;
  };
}

function keyOf(ids: NamespaceIds): string {
  return namespaceKinds.map((kind) => ids[kind] ?? '').join(' ');
}
