import type { MachineSnapshot } from './inspect/snapshot';
import type { IdMapRow } from './kernel/idMap';
import type { NamespaceKind } from './kernel/kinds';
import type { MachineReport } from './runtime/checkMachine';

export type { MachineNamespace, MachineProcess, MachineSnapshot } from './inspect/snapshot';
export type { MachineReport } from './runtime/checkMachine';

/**
 * What `vscode.extensions.getExtension('anton-runtime.anton')?.activate()` resolves to. Everything it hands out is
 * plain data, read at the moment of the call.
 */
export interface AntonApi {
  /** Opens a terminal in VS Code. @throws Error whose message says what was refused, with `step` and `code`. */
  openTerminal(options?: OpenTerminalOptions): Promise<Terminal>;
  /** The running terminals, in the order in which they were opened. */
  terminals(): readonly Terminal[];
  /**
   * All namespaces of this machine that the person may see, with the processes in them, at this moment. What may not be
   * seen is counted in `limits`. Takes some milliseconds, off the main thread.
   */
  namespaces(): Promise<MachineSnapshot>;
  /**
   * Tries by doing what this machine lets an isolated terminal have, and says why the rest does not work. Opens nothing
   * that a person sees, changes nothing, takes some tenths of a second.
   */
  checkMachine(): Promise<MachineReport>;
}

export interface OpenTerminalOptions {
  /** One of Anton's ('plain' to 'all') or of anton.profiles; the setting anton.defaultProfile if missing. */
  readonly profile?: string;
  /** Program and arguments to run instead of a shell; not passed through a shell. */
  readonly command?: readonly string[];
  /** Absolute path; the first workspace folder, else the home directory, if missing. */
  readonly cwd?: string;
  /**
   * Enters namespaces instead of making any: those of a running terminal, by its id, whose profile it then has; or those
   * of a process. Which a process may enter, and why not the others, the error says: its `code` is EPERM, EACCES if one
   * may not even look at them, ESRCH if there is no such process, EINVAL for a kernel thread. Nothing is left behind.
   */
  readonly join?: number | JoinProcess;
}

/**
 * A process that one may enter: one's own, or any as root; setns(2) has the rules. It ends on its own, with the editor,
 * or with the PID namespace that it entered. Of a profile that is named beside it counts what is about the shell, its
 * environment, rights and limits; `plain` if none is.
 */
export interface JoinProcess {
  /** As this machine's /proc has it. */
  readonly pid: number;
  /** All that differ from the editor's own if missing. Where both are in the same namespace it is left out. */
  readonly kinds?: readonly NamespaceKind[];
}

export interface Terminal {
  readonly id: number;
  readonly name: string;
  readonly profile: string;
  /** PID of the first process on the host. */
  readonly pid: number;
  /** All its PIDs, from the host's PID namespace inwards: the last is what it calls itself. */
  readonly pids: readonly number[];
  /** Id of the terminal whose namespaces this one entered. */
  readonly joined: number | undefined;
  /** The process whose namespaces this one entered, and which, if it did. */
  readonly entered: Required<JoinProcess> | undefined;
  /** Inode numbers as in /proc/PID/ns; a kind is missing where it cannot be read, as after the end. */
  namespaces(): Readonly<Partial<Record<NamespaceKind, number>>>;
  /** Rows of /proc/PID/uid_map and gid_map; empty without a mapping and after the end. */
  uidMap(): readonly IdMapRow[];
  gidMap(): readonly IdMapRow[];
  /** Types into the terminal. */
  sendText(text: string): void;
  /** Ends everything in the terminal with SIGKILL. */
  kill(): void;
  /** How the first process ended. */
  waitForEnd(): Promise<TerminalEnd>;
}

/** `lost`: another window has it now, or the process that keeps the terminals is gone, and they with it. */
export type TerminalEnd =
  { readonly code: number } | { readonly signal: string } | { readonly lost: 'runtime' | 'taken' };
