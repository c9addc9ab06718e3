import { parseIdMap, type IdMap } from '../kernel/idMap';
import type { NamespaceId, NamespaceKind } from '../kernel/kinds';
import type { NamespaceIds } from '../kernel/proc';
import {
  unknownNamespace,
  type ScannedLeader,
  type ScannedNamespace,
  type ScanResult,
} from '../kernel/scanResult';
import { collectHolders } from './holders';
import type { Kept } from './kept';
import { orderOfNamespaces } from './machineDiff';
import { recognizeMaker } from './maker';
import type { Holder, MachineNamespace, MachineProcess, Maker } from './snapshot';
import type { Turns } from './turns';

/** The namespaces that the kernel makes at boot: PROC_USER_INIT_INO and so on; of mnt and net since Linux 6.18. */
const initialIds: Readonly<Record<NamespaceKind, number>> = {
  user: 0xeffffffd,
  pid: 0xeffffffc,
  mnt: 0xeffffff8,
  uts: 0xeffffffe,
  ipc: 0xefffffff,
  net: 0xeffffff9,
  cgroup: 0xeffffffb,
  time: 0xeffffffa,
};

/** Makes a snapshot's namespaces and processes of what a scan found. */
export class MachineBuilder {
  private readonly leaders = new Map<number, ScannedLeader>();
  private readonly byPid = new Map<number, MachineProcess>();
  private readonly scanned = new Map<number, ScannedNamespace>();
  private holders: ReadonlyMap<NamespaceId, readonly Holder[]> = new Map();
  private initial: NamespaceIds = {};

  constructor(
    private readonly result: ScanResult,
    private readonly containers: ReadonlyMap<number, Maker>,
    private readonly kept: Kept,
    private readonly turns: Turns,
  ) {}

  async build(): Promise<{ namespaces: MachineNamespace[]; processes: MachineProcess[] }> {
    const { result, turns } = this;
    const sets = await turns.map(result.count('sets'), (i) => this.kept.ids(result.set(i).ids));
    const processes = await turns.map(result.count('processes'), (i) => this.process(i, sets));
    await turns.map(result.count('leaders'), (i) => {
      const leader = result.leader(i);
      this.leaders.set(leader.pid, leader);
    });
    const scanned = await turns.map(result.count('namespaces'), (i) => {
      const namespace = result.namespace(i);
      this.scanned.set(namespace.id, namespace);
      return namespace;
    });
    this.holders = await collectHolders(result, scanned, this.byPid, turns);
    scanned.sort(orderOfNamespaces);
    const namespaces = await turns.map(scanned.length, (i) => this.namespace(scanned[i]));
    return { namespaces: namespaces.filter((each) => each !== undefined), processes };
  }

  private process(index: number, sets: readonly NamespaceIds[]): MachineProcess {
    const process = this.kept.process(this.result.process(index, sets));
    this.byPid.set(process.pid, process);
    // Threads of the kernel stay where it began, but for kdevtmpfs; kthreadd is the first of them.
    if (process.isKernelThread && process.name === 'kthreadd') this.initial = process.namespaces;
    return process;
  }

  private namespace(scanned: ScannedNamespace | undefined): MachineNamespace | undefined {
    if (!scanned) return undefined;
    const { kind, id, lastingId, processCount, threadCount, firstPid, hasMoreHolders } = scanned;
    const isInitial = id === initialIds[kind] || id === this.initial[kind];
    const holders = this.holders.get(id) ?? [];
    return this.kept.namespace({
      kind,
      id,
      lastingId: lastingId === 0 ? undefined : lastingId,
      isInitial,
      parent: relative(scanned.parent),
      owner: relative(scanned.owner),
      ownerUid: kind === 'user' ? scanned.ownerUid : this.scanned.get(scanned.owner)?.ownerUid,
      processCount,
      threadCount,
      firstPid: firstPid === 0 ? undefined : firstPid,
      command: this.command(firstPid),
      holders,
      hasMoreHolders,
      uidMap: mapOf(scanned.uidMap),
      gidMap: mapOf(scanned.gidMap),
      maker: isInitial ? undefined : this.maker(scanned, holders),
    });
  }

  private command(pid: number): string {
    const args = this.leaders.get(pid)?.args ?? [];
    const name = this.byPid.get(pid)?.name;
    if (args.length > 0) return args.join(' ');
    return name === undefined ? '' : `[${name}]`;
  }

  private maker({ firstPid }: ScannedNamespace, holders: readonly Holder[]): Maker | undefined {
    const process = this.byPid.get(firstPid);
    return recognizeMaker({
      leader: this.leaders.get(firstPid),
      state: this.containers.get(firstPid),
      name: process?.name ?? '',
      ancestors: this.ancestors(process),
      paths: holders.flatMap((holder) => (holder.by === 'mount' ? [holder.path] : [])),
    });
  }

  /** Names of the nearest ancestors. A parent that began later than its child is another process by now. */
  private ancestors(process: MachineProcess | undefined): string[] {
    const names: string[] = [];
    for (let child = process; child && names.length < 4;) {
      const parent = this.byPid.get(child.parent);
      if (!parent || parent.startTime > child.startTime) break;
      names.push(parent.name);
      child = parent;
    }
    return names;
  }
}

function relative(inode: number): NamespaceId | 'none' | 'hidden' {
  if (inode === 0) return 'none';
  return inode === unknownNamespace ? 'hidden' : (inode as NamespaceId);
}

/** A namespace without a map has an empty one, and so has a hidden file: the scan tells no more. */
function mapOf(text: string): IdMap | undefined {
  return text === '' ? undefined : parseIdMap(text);
}
