import type { NamespaceKind } from '../kernel/kinds';
import type { KindForChildren } from '../kernel/forChildren';

/** A number, or a text with variables such as '{{uid}}' that stands for one. */
export type Amount = number | string;

export type MapRow = readonly [inside: Amount, outside: Amount, length: Amount];

/** The kinds of namespace, and those that a process has made for its children alone. */
export type CheckedKind = NamespaceKind | `${KindForChildren}_for_children`;

/** Bounds of a number; without any it only has to be known. */
export interface Bounds {
  readonly is?: Amount;
  readonly atLeast?: Amount;
  readonly atMost?: Amount;
}

export interface MountCondition {
  readonly path: string;
  /** False: nothing is mounted there. */
  readonly exists?: boolean;
  readonly type?: string;
  /** True: the host has another mount at this path, or none. */
  readonly own?: boolean;
}

/** Of a file as the process itself finds it, with its owner as the host sees it. */
export interface FileCondition {
  readonly path: string;
  readonly exists?: boolean;
  readonly uid?: Amount;
  readonly gid?: Amount;
  /** Text that is in it, with spaces and newlines around it left out; '' for an empty file. */
  readonly content?: string;
  readonly empty?: boolean;
}

/** Another process of the lesson that is neither above nor below the process in the tree. */
export interface OtherCondition {
  /** Kinds that both share. */
  readonly same?: readonly NamespaceKind[];
  /** Kinds in which they differ. */
  readonly different?: readonly NamespaceKind[];
  readonly is?: Condition;
}

/** What has to hold of one process, or of the host. All parts have to. */
export interface Condition {
  readonly all?: readonly Condition[];
  readonly any?: readonly Condition[];
  readonly not?: Condition;
  /** own: another namespace than the host's. */
  readonly ns?: Readonly<Partial<Record<CheckedKind, 'own' | 'shared'>>>;
  readonly uidMap?: 'empty' | readonly MapRow[];
  readonly gidMap?: 'empty' | readonly MapRow[];
  readonly setgroups?: 'allow' | 'deny';
  /** How many PIDs it has, one for each PID namespace from the host's inwards, and the innermost. */
  readonly nspid?: { readonly depth?: Amount; readonly inside?: Amount };
  readonly capabilities?: 'none' | 'full';
  /** Effective uid, seen from the host. */
  readonly uid?: Amount;
  readonly name?: string;
  /** How many processes of the lesson are above it. */
  readonly depth?: Bounds;
  readonly mount?: MountCondition;
  readonly file?: FileCondition;
  readonly hostname?: string;
  /** Exactly these network interfaces. */
  readonly devices?: readonly string[];
  /** IPv4 addresses that are among its own. */
  readonly addresses?: readonly string[];
  /** Offsets in seconds. */
  readonly clock?: { readonly monotonic?: Amount; readonly boottime?: Amount };
  /** Processes of the lesson in its PID namespace, itself included. */
  readonly inside?: Bounds;
  readonly other?: OtherCondition;
}

/** What has to hold of the lesson's processes and of the host. All parts have to. */
export interface Check {
  readonly all?: readonly Check[];
  readonly any?: readonly Check[];
  readonly not?: Check;
  /** One of the processes below the lesson's shells, or a shell itself, fulfils this. */
  readonly process?: Condition;
  readonly host?: Condition;
}
