import type { IdMap } from '../kernel/idMap';
import type { NamespaceKind } from '../kernel/kinds';

/**
 * Which namespaces a terminal gets and how they are set up. What is missing is left as it is on the host.
 * Plain data: it crosses processes.
 */
export interface Profile {
  readonly name: string;
  /** Kinds that are made; the others are shared with the host. */
  readonly namespaces: readonly NamespaceKind[];
  readonly map: MapChoice;
  readonly hostname?: string;
  /** Mount a /proc that belongs to the new PID namespace. */
  readonly freshProc: boolean;
  readonly root?: RootDirectory;
  /** Mounted in this order, before the root directory is entered. */
  readonly binds?: readonly Bind[];
  /** Of an own network namespace: 'none' has lo only; 'user' reaches the network through pasta or slirp4netns. */
  readonly network?: 'none' | 'user';
  /** Of an own time namespace, in seconds. */
  readonly timeOffsets?: TimeOffsets;
  /** Absolute path; the setting anton.shell, else $SHELL, if missing. */
  readonly shell?: string;
  /** Arguments of the shell, behind those that set its prompt. */
  readonly args?: readonly string[];
  readonly env?: Environment;
  /** Start directory: an absolute path, inside the root directory if there is one. */
  readonly cwd?: string;
  /** A process 1 that reaps orphans and hands on signals; the shell is then its child. */
  readonly init?: boolean;
  readonly noNewPrivileges?: boolean;
  /** Names as in capabilities(7), 'CAP_NET_RAW'; or 'ALL'. */
  readonly dropCapabilities?: readonly string[];
  readonly limits?: Limits;
  /** By which its terminals are told apart: the name of one of VS Code's icons, and its colour. */
  readonly icon?: string;
  readonly color?: TerminalColor;
}

/** The colours that every theme of VS Code has for terminals. */
export const terminalColors = [
  'terminal.ansiBlack',
  'terminal.ansiRed',
  'terminal.ansiGreen',
  'terminal.ansiYellow',
  'terminal.ansiBlue',
  'terminal.ansiMagenta',
  'terminal.ansiCyan',
  'terminal.ansiWhite',
] as const;

export type TerminalColor = (typeof terminalColors)[number];

/**
 * How ids inside are related to ids outside. 'none': no map, so everyone is the overflow id. 'root': 0 inside is the
 * person's own id. 'same': the person's own id is itself. 'ranges': 0 is the person's own id, and the ids from 1 on are
 * those that /etc/subuid and /etc/subgid grant, written by newuidmap(1) and newgidmap(1).
 */
export type MapChoice = 'none' | 'root' | 'same' | 'ranges' | { readonly uid: IdMap; readonly gid: IdMap };

/** A folder that becomes `/` by pivot_root(2), with a /proc, a minimal /dev and a devpts of its own. */
export interface RootDirectory {
  /** Absolute path on the host. */
  readonly path: string;
  /** 'temporary': writable, and what is written is gone with the terminal (an overlay over the folder). */
  readonly access: 'read-only' | 'writable' | 'temporary';
}

export interface Bind {
  /** Absolute path on the host. */
  readonly source: string;
  /** Absolute path inside. */
  readonly target: string;
  readonly writable: boolean;
}

export interface TimeOffsets {
  readonly monotonic: number;
  readonly boottime: number;
}

export interface Environment {
  readonly add: Readonly<Record<string, string>>;
  /** Names; `*` stands for any characters: 'VSCODE_*'. Dropped before `add` is added. */
  readonly drop: readonly string[];
}

/** Kept by a cgroup of the terminal's own (cgroup v2). */
export interface Limits {
  /** Bytes. */
  readonly memory?: number;
  readonly processes?: number;
  /** Of one processor's time: 0.5 is half of one, 2 is two. */
  readonly cpu?: number;
}
