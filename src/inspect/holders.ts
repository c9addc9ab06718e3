import { namespaceKinds, type NamespaceId } from '../kernel/kinds';
import {
  unknownNamespace,
  type ScannedHolder,
  type ScannedNamespace,
  type ScanResult,
} from '../kernel/scanResult';
import type { Holder, MachineProcess } from './snapshot';
import type { Turns } from './turns';

type Holders = Map<NamespaceId, Holder[]>;

/** What keeps each namespace beside the processes in it, in the order descriptors, mounts, threads, namespaces. */
export async function collectHolders(
  result: ScanResult,
  namespaces: readonly ScannedNamespace[],
  processes: ReadonlyMap<number, MachineProcess>,
  turns: Turns,
): Promise<Holders> {
  const holders: Holders = new Map();
  await turns.map(result.count('holders'), (i) => {
    const scanned = result.holder(i);
    const namespace = namespaces[scanned.namespace];
    if (namespace) add(holders, namespace.id, holderOf(scanned));
  });
  await turns.map(result.count('sets'), (i) => {
    addThread(holders, result, i, processes);
  });
  await turns.map(namespaces.length, (i) => {
    const namespace = namespaces[i];
    if (namespace) addRelatives(holders, namespace);
  });
  // What something else keeps, or is in, is not only there for its relatives.
  const inUse = (namespace: ScannedNamespace): boolean =>
    namespace.threadCount > 0 || (holders.get(namespace.id)?.some(({ by }) => by !== 'namespace') ?? false);
  await turns.map(namespaces.length, (i) => {
    const namespace = namespaces[i];
    if (namespace && inUse(namespace)) dropRelatives(holders, namespace.id);
  });
  return holders;
}

function holderOf({ by, pid, number, path }: ScannedHolder): Holder {
  switch (by) {
    case 'descriptor':
    case 'socket':
      return { by, pid, fd: number };
    case 'children':
      return { by, pid };
    case 'mount':
      return { by, pid, path, mountNamespace: number === 0 ? undefined : (number as NamespaceId) };
  }
}

/** A set that only threads are in: they keep what their process's first thread is not in. */
function addThread(
  holders: Holders,
  result: ScanResult,
  index: number,
  processes: ReadonlyMap<number, MachineProcess>,
): void {
  const { ids, firstPid: pid, firstTid: tid } = result.set(index);
  if (tid === 0) return;
  const first = processes.get(pid)?.namespaces ?? {};
  for (const kind of namespaceKinds) {
    const id = ids[kind];
    if (id !== undefined && id !== first[kind]) add(holders, id, { by: 'thread', pid, tid });
  }
}

function addRelatives(holders: Holders, { id, parent, owner }: ScannedNamespace): void {
  for (const relative of new Set([parent, owner])) {
    if (relative !== 0 && relative !== unknownNamespace) {
      const known = holders.get(relative as NamespaceId);
      // One is reason enough, and the initial namespaces own nearly everything.
      if (!known?.some(({ by }) => by === 'namespace'))
        add(holders, relative as NamespaceId, { by: 'namespace', id });
    }
  }
}

function dropRelatives(holders: Holders, id: NamespaceId): void {
  const rest = holders.get(id)?.filter(({ by }) => by !== 'namespace') ?? [];
  if (rest.length > 0) holders.set(id, rest);
  else holders.delete(id);
}

function add(holders: Holders, id: NamespaceId, holder: Holder): void {
  const known = holders.get(id);
  if (known) known.push(holder);
  else holders.set(id, [holder]);
}
