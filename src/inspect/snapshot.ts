import type { IdMap } from '../kernel/idMap';
import type { NamespaceId, NamespaceKind } from '../kernel/kinds';
import type { NamespaceIds } from '../kernel/proc';

/**
 * The namespaces and processes of this machine at one moment, as far as the scanner may see them. Plain data: it can be
 * cloned and sent to a page or to another process. What may not be read is told apart from what is not there.
 */
export interface MachineSnapshot {
  /** When the scan ended, in milliseconds since 1970, and how long it took. */
  readonly takenAt: number;
  readonly tookMs: number;
  /** The kinds that this kernel has, in Anton's order. */
  readonly kinds: readonly NamespaceKind[];
  /** The scanner's own namespaces: "the host's", for who looks. */
  readonly own: NamespaceIds;
  /** By kind in Anton's order, then by id. No two have the same id, of whatever kind. */
  readonly namespaces: readonly MachineNamespace[];
  /** By ascending PID. */
  readonly processes: readonly MachineProcess[];
  readonly limits: ScanLimits;
}

export interface MachineNamespace {
  readonly kind: NamespaceKind;
  readonly id: NamespaceId;
  /** What the kernel never gives to another namespace until the next boot (NS_GET_ID, Linux 6.18), where it has it. */
  readonly lastingId: number | undefined;
  /** Made by the kernel at boot. */
  readonly isInitial: boolean;
  /** The namespace that this one is nested in: of the kinds user and pid only. */
  readonly parent: NamespaceId | 'none' | 'hidden';
  /** The user namespace whose capabilities count here; of a user namespace, its parent. */
  readonly owner: NamespaceId | 'none' | 'hidden';
  /**
   * uid, as the scanner sees it, of who made this user namespace; for other kinds, of who made the owning one.
   * undefined where that is hidden.
   */
  readonly ownerUid: number | undefined;
  /** How many of `MachineSnapshot.processes` are in it by their first thread. */
  readonly processCount: number;
  /** How many threads are in it, the processes' first ones among them. */
  readonly threadCount: number;
  /** The lowest PID of a process in it, as the scanner counts PIDs; or of one with a thread in it, if there is no other. */
  readonly firstPid: number | undefined;
  /** The arguments of that process; its name in brackets, as ps shows it, where it has none. Raw: show it through `harmless`. */
  readonly command: string;
  /** What keeps it, beside the processes that are in it. Empty for most. */
  readonly holders: readonly Holder[];
  /** There were more holders of some sort than `holders` has. */
  readonly hasMoreHolders: boolean;
  /** Of a user namespace with a process in it, as the scanner reads them; undefined if hidden or of another kind. */
  readonly uidMap: IdMap | undefined;
  readonly gidMap: IdMap | undefined;
  /** The program that made it, as far as that can be told. */
  readonly maker: Maker | undefined;
}

/** What keeps a namespace alive, or where it was seen, other than by a process in it. */
export type Holder =
  /** A thread in it, of a process that is not. */
  | { readonly by: 'thread'; readonly pid: number; readonly tid: number }
  | { readonly by: 'descriptor'; readonly pid: number; readonly fd: number }
  /** A socket of a network namespace, open in a process that is not in it. */
  | { readonly by: 'socket'; readonly pid: number; readonly fd: number }
  /** It is what this process's children will be in: /proc/PID/ns/pid_for_children, time_for_children. */
  | { readonly by: 'children'; readonly pid: number }
  /** A bind mount, at this path in this mount namespace, read in /proc/PID/mountinfo. */
  | {
      readonly by: 'mount';
      readonly pid: number;
      readonly mountNamespace: NamespaceId | undefined;
      readonly path: string;
    }
  /** It is the parent or the owner of this one. */
  | { readonly by: 'namespace'; readonly id: NamespaceId };

export interface MachineProcess {
  readonly pid: number;
  readonly parent: number;
  /** Its PIDs from the scanner's PID namespace inwards; the last is what it calls itself. Never empty. */
  readonly pidChain: readonly number[];
  /** Effective uid, seen from the scanner's user namespace. */
  readonly uid: number;
  /** Its first thread's name, at most 15 bytes. Raw: may hold anything but NUL. Show it through `harmless`. */
  readonly name: string;
  /** In clock ticks since the boot: with the PID it names a process for good. */
  readonly startTime: number;
  readonly threadCount: number;
  /** It has ended, and its parent has not asked for it yet: of most kinds it has no namespace any more. */
  readonly isZombie: boolean;
  readonly isKernelThread: boolean;
  /**
   * Without the kinds that it has no namespace of, and empty if `isHidden`. Processes in the same namespaces share one
   * object, also after structuredClone.
   */
  readonly namespaces: NamespaceIds;
  /** The kernel does not let the scanner see its namespaces (ptrace(2), "Ptrace access mode checking"). */
  readonly isHidden: boolean;
}

/** The program that a namespace was made by, or for. */
export interface Maker {
  readonly tool: MakerTool;
  /** What the tool calls it: an id or a name of a container, a unit, an application. */
  readonly name: string | undefined;
}

export const makerTools = [
  'anton',
  'docker',
  'podman',
  'kubernetes',
  'containerd',
  'crio',
  'runc',
  'crun',
  'lxc',
  'nspawn',
  'flatpak',
  'snap',
  'bwrap',
  'firejail',
  'chromium',
  'systemd',
  'unshare',
] as const;

export type MakerTool = (typeof makerTools)[number];

/** What the scanner may not read: beyond it there may be namespaces that the snapshot lacks. */
export interface ScanLimits {
  /** Processes whose namespaces are hidden. */
  readonly hiddenProcesses: number;
  /** Processes whose open descriptors, sockets or mounts are hidden. */
  readonly hiddenDescriptors: number;
  readonly hiddenMounts: number;
  /** How /proc is mounted: from 'invisible' on, it does not even list other people's processes (proc(5)). */
  readonly hidepid: 'off' | 'noaccess' | 'invisible' | 'ptraceable';
  /** The scanner sees only the processes of its own PID namespace and those below, and that is not the initial one. */
  readonly isInPidNamespace: boolean;
  /** Sockets could not be asked for their network namespace (SIOCGSKNS needs CAP_NET_ADMIN there). */
  readonly socketsWereSkipped: boolean;
}
