import * as fs from 'node:fs';
import { readStat } from './processStat';

/** The process group that a terminal's keys go to. */
export interface Foreground {
  /** PID of its leader, as this process sees it. */
  readonly group: number;
  /** Name of the leader's program, at most 15 bytes of it (proc_pid_comm(5)). */
  readonly program: string;
}

/** Who is in the foreground of a process's controlling terminal. Undefined if there is none, or not any more. */
export function readForeground(pid: number): Foreground | undefined {
  const group = readStat(pid)?.foregroundGroup ?? 0;
  if (!(group > 0)) return undefined;
  try {
    return { group, program: fs.readFileSync(`/proc/${group}/comm`, 'utf8').replace(/\n$/, '') };
  } catch {
    return undefined;
  }
}
