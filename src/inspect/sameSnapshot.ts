import type { IdMap } from '../kernel/idMap';
import type { NamespaceFact, ProcessFact, TerminalSnapshot } from './terminalSnapshot';

/** True if both say the same, so that nothing that is shown needs to change. */
export function sameSnapshot(a: TerminalSnapshot | undefined, b: TerminalSnapshot | undefined): boolean {
  if (a === b) return true;
  if (!a || !b) return false;
  return (
    sameList(a.namespaces, b.namespaces, sameNamespace) &&
    sameMap(a.uidMap, b.uidMap) &&
    sameMap(a.gidMap, b.gidMap) &&
    a.proc === b.proc &&
    sameList(a.ancestors, b.ancestors, (x, y) => x.pid === y.pid && x.name === y.name) &&
    sameList(a.processes, b.processes, sameProcess)
  );
}

function sameList<T>(a: readonly T[], b: readonly T[], same: (a: T, b: T) => boolean): boolean {
  return a.length === b.length && a.every((each, i) => same(each, b[i] as T));
}

function sameNamespace(a: NamespaceFact, b: NamespaceFact): boolean {
  return a.kind === b.kind && a.id === b.id && a.hostId === b.hostId && a.own === b.own;
}

function sameProcess(a: ProcessFact, b: ProcessFact): boolean {
  return a.pid === b.pid && a.pidInside === b.pidInside && a.name === b.name && a.depth === b.depth;
}

function sameMap(a: IdMap | undefined, b: IdMap | undefined): boolean {
  if (!a || !b) return a === b;
  return sameList(a, b, (x, y) => x.inside === y.inside && x.outside === y.outside && x.length === y.length);
}
