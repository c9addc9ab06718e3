import * as fs from 'node:fs';

/** The process group that a terminal's keys go to. */
export interface Foreground {
  /** PID of its leader, as this process sees it. */
  readonly group: number;
  /** Name of the leader's program, at most 15 bytes of it (proc_pid_comm(5)). */
  readonly program: string;
}

/**
 * Who is in the foreground of a process's controlling terminal: field 8 of /proc/PID/stat (proc_pid_stat(5)), which is
 * a PID of the reader's namespace whatever namespace the process is in. Undefined if there is none, or not any more.
 */
export function readForeground(pid: number): Foreground | undefined {
  try {
    const stat = fs.readFileSync(`/proc/${pid}/stat`, 'latin1');
    // The name before the last parenthesis may hold anything.
    const group = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[5]);
    if (!(group > 0)) return undefined;
    return { group, program: fs.readFileSync(`/proc/${group}/comm`, 'utf8').replace(/\n$/, '') };
  } catch {
    return undefined;
  }
}
