import type { IdMap } from '../kernel/idMap';
import { namespaceKinds, type NamespaceId, type NamespaceKind } from '../kernel/kinds';
import { readChildren, readIdMap, readNamespaces, readStatus, type NamespaceIds } from '../kernel/proc';
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

/**
 * Reads the facts of a terminal from /proc: some 60 µs a process, all in one go.
 * @param first PID, on the host, of the terminal's first process.
 * @param root PID of the process whose descendants are the terminal's: `first` itself, or its guard.
 * @returns undefined once the first process is gone.
 */
export function readTerminal(first: number, root: number, host: NamespaceIds): TerminalSnapshot | undefined {
  const reading = readTerminalInSteps(first, root, host);
  for (;;) {
    const step = reading.next();
    if (step.done) return step.value;
  }
}

/** As `readTerminal`, but pauses after each process, so that a caller can give the event loop its turn. */
export function* readTerminalInSteps(
  first: number,
  root: number,
  host: NamespaceIds,
): Generator<void, TerminalSnapshot | undefined> {
  const facts = readFacts(first, host);
  const processes: ProcessFact[] = [];
  for (const process of walkTree(root, first !== root)) {
    processes.push(process);
    if (processes.length === mostProcesses) break;
    yield;
  }
  if (processes.length === 0) return undefined;
  return { ...facts, processes };
}

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

/** The process tree under `root`, parents before children; without `root` itself if that is only a guard. */
function* walkTree(root: number, skipRoot: boolean): Generator<ProcessFact> {
  const seen = new Set<number>();
  function* visit(pid: number, depth: number): Generator<ProcessFact> {
    if (seen.has(pid)) return;
    seen.add(pid);
    if (depth >= 0) {
      const status = readStatus(pid);
      if (!status) return;
      yield { pid, pidInside: status.pidChain.at(-1) ?? pid, name: status.name, depth };
    }
    for (const child of readChildren(pid)) yield* visit(child, depth + 1);
  }
  yield* visit(root, skipRoot ? -1 : 0);
}
