import type { IdMap } from '../kernel/idMap';
import type { NamespaceKind } from '../kernel/kinds';
import type { MapRule } from './mapRules';
import type { Profile } from './profile';
import type { ShellIntegration } from './shellIntegration';

/** A terminal's number, unique in this runtime's life. */
export type TerminalId = number & { readonly brand: 'TerminalId' };

/** What a terminal is to be. */
export interface OpenRequest {
  /** Shown to people: 'Anton 1'. */
  readonly name: string;
  readonly profile: Profile;
  /** Absolute path. */
  readonly cwd: string;
  /** Absolute path of the shell; used if there is no command. */
  readonly shell: string;
  /** Program and arguments to run instead of a shell, resolved as execvp(3) does but without a shell. */
  readonly command?: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Of the shell; missing where nobody understands its marks. */
  readonly shellIntegration?: ShellIntegration;
  readonly columns: number;
  readonly rows: number;
  /**
   * How many characters of output may come before they are acknowledged, give or take one read; without it all may.
   * A program that writes more than that, and more than the kernel holds, waits. Once the first process has ended, the
   * rest comes in any case: it is little then.
   */
  readonly window?: number;
  /** How many lines above the screen are kept for a window that comes back; 1000 if missing. */
  readonly scrollback?: number;
  /** False: it ends with its window, and does not wait for it to come back. */
  readonly keep?: boolean;
  /** Enter namespaces instead of making any. */
  readonly join?: JoinRequest;
}

/**
 * Whose namespaces are entered: those of a terminal, whose profile the request has then; or those of any process, of
 * all kinds or of some. Of the profile counts what is about the shell and its rights then.
 */
export type JoinRequest =
  { readonly terminal: TerminalId } | { readonly pid: number; readonly kinds?: readonly NamespaceKind[] };

/** How the first process of a terminal ended; or why nobody knows: the runtime's process is gone, and all in it. */
export type End =
  { readonly code: number } | { readonly signal: string } | { readonly lost: 'runtime' | 'taken' };

/** One step of how a terminal was made. */
export interface StepRecord {
  readonly step: string;
  /** The system call as strace(1) would write it: `clone(CLONE_NEWUSER|SIGCHLD) = 25435`. */
  readonly call: string;
  /** Name of the errno, '' if the step succeeded. */
  readonly code: string;
  /** Microseconds since the request. */
  readonly begin: number;
  readonly duration: number;
}

/** A terminal that has started. */
export interface TerminalInfo {
  readonly id: TerminalId;
  /** Shown to people: 'Anton 1'. */
  readonly name: string;
  readonly profile: Profile;
  readonly command: readonly string[];
  readonly cwd: string;
  /** The first process's PID on the host. */
  readonly pid: number;
  /** The process whose descendants are the terminal's: its guard where there is no PID namespace, else `pid`. */
  readonly root: number;
  /** The first process's PIDs from the host's PID namespace inwards, as NSpid in proc_pid_status(5). */
  readonly pids: readonly number[];
  /** The terminal that it joined. */
  readonly joined?: TerminalId;
  /** The process whose namespaces it entered, and which; those that were the same already are not among them. */
  readonly entered?: { readonly pid: number; readonly kinds: readonly NamespaceKind[] };
  readonly uidMap: IdMap;
  readonly gidMap: IdMap;
  readonly steps: readonly StepRecord[];
}

/** A file of /proc/PID that says who the users of a user namespace are outside. */
export type MapFile = 'setgroups' | 'gid_map' | 'uid_map';

/** What is to be written to such a file, with a single write(2), as it is: the kernel judges it. */
export interface MapWrite {
  readonly file: MapFile;
  readonly text: string;
}

/** How far the writing of maps came: each write as a step, the last one refused if there is a refusal. */
export interface MapsWritten {
  readonly steps: readonly StepRecord[];
  readonly refused?: {
    readonly write: MapWrite;
    /** Name of the errno. */
    readonly code: string;
    /** The rules of user_namespaces(7) that it broke, the plainest first; empty if none of them explains it. */
    readonly rules: readonly MapRule[];
  };
}

export type RuntimeEvent =
  | { readonly type: 'opened'; readonly info: TerminalInfo }
  /** Its maps were written after it had started. */
  | { readonly type: 'changed'; readonly info: TerminalInfo }
  | { readonly type: 'data'; readonly id: TerminalId; readonly data: string }
  | { readonly type: 'ended'; readonly id: TerminalId; readonly end: End };

/**
 * Makes terminals and keeps them. Passes plain data only, so that it can run in a process of its own without a change
 * in its callers.
 */
export interface Runtime {
  /** @throws Failure, with nothing left behind. */
  open(request: OpenRequest): Promise<TerminalInfo>;
  /** The running terminals, in the order in which they were opened. */
  list(): readonly TerminalInfo[];
  /** What a person typed or pasted. Ignored after the end. */
  write(id: TerminalId, data: string): void;
  /**
   * So many characters of output have been dealt with, and as many more may come. Ignored after the end.
   * @param window how many may come unacknowledged from now on; as before if undefined.
   */
  acknowledge(id: TerminalId, count: number, window?: number): void;
  /** Ignored after the end, and for sizes that are no size. */
  resize(id: TerminalId, columns: number, rows: number): void;
  /**
   * Writes to the map files of a running terminal's first process, in the order given, until one write is refused.
   * @throws Failure (step write_id_maps, ESRCH) if the terminal has ended.
   */
  writeIdMaps(id: TerminalId, writes: readonly MapWrite[]): Promise<MapsWritten>;
  /** Hangs up (SIGHUP), and ends with SIGKILL whatever is left after a moment. Resolves when nothing is. */
  close(id: TerminalId): Promise<void>;
  /** Ends everything in the terminal at once, with SIGKILL. */
  kill(id: TerminalId): void;
  subscribe(listener: (event: RuntimeEvent) => void): { dispose(): void };
}
