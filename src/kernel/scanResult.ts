import { namespaceKinds, type NamespaceId, type NamespaceKind } from './kinds';
import type { NamespaceIds } from './proc';
import { layout, type Part } from './scanLayout';

/** ANTON_SCAN_* of native/scan_result.h: what a scan looks at beside the processes. */
export const scanOption = {
  threads: 1,
  descriptors: 2,
  sockets: 4,
  mounts: 8,
  leaders: 16,
  fresh: 32,
} as const;

/** struct anton_scan_process. */
export interface ScannedProcess {
  readonly pid: number;
  readonly parent: number;
  readonly pidChain: readonly number[];
  readonly uid: number;
  readonly name: string;
  readonly startTime: number;
  readonly threadCount: number;
  readonly isZombie: boolean;
  readonly isKernelThread: boolean;
  readonly isHidden: boolean;
  /** Empty if they are hidden. */
  readonly namespaces: NamespaceIds;
}

/** struct anton_scan_set, its inodes as `ids`. */
export interface ScannedSet {
  readonly ids: NamespaceIds;
  readonly firstPid: number;
  /** Of a thread that is in these namespaces while no process is; else 0. */
  readonly firstTid: number;
}

/** struct anton_scan_namespace. Inodes are 0 for none, and `unknownNamespace` for one that may not be seen. */
export interface ScannedNamespace {
  readonly kind: NamespaceKind;
  readonly id: NamespaceId;
  /** 0 where the kernel has none. */
  readonly lastingId: number;
  readonly parent: number;
  readonly owner: number;
  readonly ownerUid: number | undefined;
  readonly processCount: number;
  readonly threadCount: number;
  /** 0 if there is none. */
  readonly firstPid: number;
  /** Texts of uid_map and gid_map; '' if there is none. */
  readonly uidMap: string;
  readonly gidMap: string;
  /** More holders than the scan kept. */
  readonly hasMoreHolders: boolean;
}

export const unknownNamespace = 1;

const holderKinds = ['descriptor', 'socket', 'children', 'mount'] as const;

/** struct anton_scan_holder. */
export interface ScannedHolder {
  /** Index of the namespace. */
  readonly namespace: number;
  readonly by: (typeof holderKinds)[number];
  readonly pid: number;
  /** The descriptor; of a mount, the id of the mount namespace. */
  readonly number: number;
  readonly path: string;
}

/** struct anton_scan_leader: the first process of some namespace. */
export interface ScannedLeader {
  readonly pid: number;
  readonly args: readonly string[];
  /** As /proc/PID/cgroup has it. */
  readonly cgroup: string;
  /** The variable `container` of its environment, '' if there is none or it may not be read. */
  readonly container: string;
}

const noNamespaces: NamespaceIds = {};
const nobody = 0xffff_ffff;
const socketsDenied = 1;
const processFlag = { hidden: 1, zombie: 2, kernel: 4, inSet: 16 } as const;
const mostHolders = 8;

/** What a scan found. Rows are decoded when they are asked for: ten thousand take a while. */
export class ScanResult {
  private readonly words: Uint32Array;
  private readonly bytes: Buffer;
  readonly tookMs: number;
  readonly own: NamespaceIds;
  readonly hiddenDescriptors: number;
  readonly hiddenMounts: number;
  readonly socketsDenied: boolean;

  constructor(buffer: ArrayBuffer) {
    this.words = new Uint32Array(buffer);
    this.bytes = Buffer.from(buffer);
    this.tookMs = this.word(layout.tookUs) / 1000;
    this.socketsDenied = (this.word(layout.limits) & socketsDenied) !== 0;
    this.hiddenDescriptors = this.word(layout.hiddenDescriptors);
    this.hiddenMounts = this.word(layout.hiddenMounts);
    this.own = this.idsAt(layout.own);
  }

  /** How many rows a part has. */
  count(part: Part): number {
    return this.word(layout.parts[part].place + 1);
  }

  /** @param sets the namespaces of all sets; processes in the same ones share them. */
  process(index: number, sets: readonly NamespaceIds[]): ScannedProcess {
    const at = this.row('processes', index);
    const flags = this.word(at + 4);
    const pid = this.word(at);
    return {
      pid,
      parent: this.word(at + 1),
      pidChain: this.chain(this.word(at + 6)) ?? [pid],
      uid: this.word(at + 2),
      name: this.textAt((at + 9) * 4),
      startTime: this.long(at + 7),
      threadCount: this.word(at + 3),
      isZombie: (flags & processFlag.zombie) !== 0,
      isKernelThread: (flags & processFlag.kernel) !== 0,
      isHidden: (flags & processFlag.hidden) !== 0,
      namespaces: ((flags & processFlag.inSet) !== 0 ? sets[this.word(at + 5)] : undefined) ?? noNamespaces,
    };
  }

  set(index: number): ScannedSet {
    const at = this.row('sets', index);
    return { ids: this.idsAt(at), firstPid: this.word(at + 10), firstTid: this.word(at + 11) };
  }

  namespace(index: number): ScannedNamespace {
    const at = this.row('namespaces', index);
    const ownerUid = this.word(at + 6);
    return {
      id: this.word(at) as NamespaceId,
      kind: namespaceKinds[this.word(at + 1)] ?? 'user',
      lastingId: this.long(at + 2),
      parent: this.word(at + 4),
      owner: this.word(at + 5),
      ownerUid: ownerUid === nobody ? undefined : ownerUid,
      processCount: this.word(at + 7),
      threadCount: this.word(at + 8),
      firstPid: this.word(at + 9),
      uidMap: this.text(this.word(at + 11)),
      gidMap: this.text(this.word(at + 12)),
      hasMoreHolders: holderKinds.some((_, i) => this.word(at + 14 + i) > mostHolders),
    };
  }

  holder(index: number): ScannedHolder {
    const at = this.row('holders', index);
    return {
      namespace: this.word(at),
      by: holderKinds[this.word(at + 1)] ?? 'descriptor',
      pid: this.word(at + 2),
      number: this.word(at + 3),
      path: this.text(this.word(at + 4)),
    };
  }

  leader(index: number): ScannedLeader {
    const at = this.row('leaders', index);
    const size = this.word(at + 2);
    return {
      pid: this.word(at),
      args: size === 0 ? [] : this.text(this.word(at + 1), size).split('\0'),
      cgroup: this.text(this.word(at + 3)),
      container: this.text(this.word(at + 4)),
    };
  }

  private word(index: number): number {
    return this.words[index] ?? 0;
  }

  /** 64 bits as a number: neither start times nor ids come near to 2^53. */
  private long(index: number): number {
    return this.word(index) + this.word(index + 1) * 2 ** 32;
  }

  /** Where a row begins, in words. */
  private row(part: Part, index: number): number {
    const { place, words } = layout.parts[part];
    return this.word(place) / 4 + index * words;
  }

  private idsAt(at: number): NamespaceIds {
    const ids: Partial<Record<NamespaceKind, NamespaceId>> = {};
    namespaceKinds.forEach((kind, i) => {
      const id = this.word(at + i);
      if (id !== 0) ids[kind] = id as NamespaceId;
    });
    return ids;
  }

  private chain(index: number): readonly number[] | undefined {
    if (index === 0) return undefined;
    const at = this.row('chains', index);
    return [...this.words.subarray(at + 1, at + 1 + this.word(at))];
  }

  private text(offset: number, size?: number): string {
    return offset === 0 ? '' : this.textAt(this.word(layout.parts.text.place) + offset, size);
  }

  private textAt(begin: number, size?: number): string {
    return this.bytes.toString(
      'utf8',
      begin,
      size === undefined ? this.bytes.indexOf(0, begin) : begin + size,
    );
  }
}
