import type { IdMapRow } from './kernel/idMap';
import type { NamespaceKind } from './kernel/kinds';
import type { MachineReport } from './runtime/checkMachine';

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
  /** Id of a running terminal whose namespaces are entered; the profile is then that terminal's. */
  readonly join?: number;
}

export interface Terminal {
  readonly id: number;
  readonly name: string;
  readonly profile: string;
  /** PID of the first process on the host. */
  readonly pid: number;
  /** Id of the terminal whose namespaces this one entered. */
  readonly joined: number | undefined;
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

export type TerminalEnd = { readonly code: number } | { readonly signal: string };
