import type { MachineNamespace, MachineProcess, MachineSnapshot } from './snapshot';

/** A row of `lsns -J --output-all`, as util-linux names its fields; without `netnsid`, which Anton does not ask for. */
export interface LsnsRow {
  readonly ns: number;
  readonly type: string;
  /** Of the first process, or where the namespace is mounted. */
  readonly path: string | null;
  readonly nprocs: number;
  readonly pid: number | null;
  readonly ppid: number | null;
  readonly command: string | null;
  readonly uid: number | null;
  readonly user: string | null;
  readonly nsfs: string | null;
  readonly pns: number;
  readonly ons: number;
}

/** @param userName the name of a uid; undefined if it has none. */
export function toLsnsJson(
  snapshot: MachineSnapshot,
  userName: (uid: number) => string | undefined,
): { readonly namespaces: readonly LsnsRow[] } {
  const processes = new Map(snapshot.processes.map((process) => [process.pid, process]));
  return {
    namespaces: snapshot.namespaces.map((namespace) =>
      rowOf(namespace, processes.get(namespace.firstPid ?? 0), userName),
    ),
  };
}

function rowOf(
  namespace: MachineNamespace,
  first: MachineProcess | undefined,
  userName: (uid: number) => string | undefined,
): LsnsRow {
  const { kind, id, processCount, parent, owner } = namespace;
  // A process that only has a thread in it counts for nothing with lsns.
  const process = processCount > 0 ? first : undefined;
  const mounts = namespace.holders.flatMap((holder) => (holder.by === 'mount' ? [holder.path] : []));
  return {
    ns: id,
    type: kind,
    path: process ? `/proc/${process.pid}/ns/${kind}` : (mounts[0] ?? null),
    nprocs: processCount,
    pid: process?.pid ?? null,
    ppid: process?.parent ?? null,
    command: process ? commandOf(namespace, process) : null,
    uid: process?.uid ?? null,
    user: process ? (userName(process.uid) ?? String(process.uid)) : null,
    nsfs: mounts.length > 0 ? mounts.join('\n') : null,
    pns: typeof parent === 'number' ? parent : 0,
    ons: typeof owner === 'number' ? owner : 0,
  };
}

/** lsns does not mark a name that stands for arguments. */
function commandOf({ command }: MachineNamespace, { name }: MachineProcess): string {
  return command === `[${name}]` ? name : command;
}
