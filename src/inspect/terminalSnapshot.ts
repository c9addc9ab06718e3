import type { IdMap } from '../kernel/idMap';
import { namespaceKinds, type NamespaceId, type NamespaceKind } from '../kernel/kinds';
import { readIdMap, readNamespaces, type NamespaceIds } from '../kernel/proc';
import { readAncestors, type Ancestor } from './ancestors';
import { readProcView, type ProcView } from './procView';

/** One namespace of a terminal beside the host's. "Host" is where VS Code's extension host runs. */
export interface NamespaceFact {
  readonly kind: NamespaceKind;
  /** undefined: hidden from us, or the kernel has no such kind. */
  readonly id: NamespaceId | undefined;
  readonly hostId: NamespaceId | undefined;
  readonly own: boolean;
}

export interface ProcessFact {
  /** PID as the host sees it. */
  readonly pid: number;
  /** PID as the process sees itself; the same number where the PID namespace is the host's. */
  readonly pidInside: number;
  /** Command name, raw: may hold anything but NUL. Show it through `harmless`. */
  readonly name: string;
  /** 0 for the first process, 1 for its children, ... */
  readonly depth: number;
}

/** What the tree and the panel show of one terminal, at one moment. */
export interface TerminalSnapshot {
  readonly namespaces: readonly NamespaceFact[];
  readonly uidMap: IdMap | undefined;
  readonly gidMap: IdMap | undefined;
  /** What `ps` reads in there; undefined: hidden from us. */
  readonly proc: ProcView | undefined;
  /** What the first process descends from on the host, the outermost first. */
  readonly ancestors: readonly Ancestor[];
  readonly processes: readonly ProcessFact[];
}

/** More rows help nobody, and a fork bomb must not stall the editor. */
export const mostProcesses = 500;

/** What is known of a process without its children: some 150 µs. Nothing in it is known once it is gone. */
export function readFacts(pid: number, host: NamespaceIds): Omit<TerminalSnapshot, 'processes'> {
  const ids = readNamespaces(pid);
  const namespaces = namespaceKinds.map((kind) => {
    const id = ids[kind];
    const hostId = host[kind];
    return { kind, id, hostId, own: id !== undefined && hostId !== undefined && id !== hostId };
  });
  return {
    namespaces,
    uidMap: readIdMap(pid, 'uid_map'),
    gidMap: readIdMap(pid, 'gid_map'),
    proc: readProcView(pid),
    ancestors: readAncestors(pid),
  };
}
