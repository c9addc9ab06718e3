import * as fs from 'node:fs';

/** What tells a process from a later one with the same PID. */
export interface ProcessIdentity {
  readonly pid: number;
  /** When it began, in clock ticks since the boot. */
  readonly startTime: number;
}

export interface ProcessStat extends ProcessIdentity {
  /** It has ended, and its parent has not asked for it yet. */
  readonly isZombie: boolean;
  readonly isKernelThread: boolean;
  /**
   * The process group in the foreground of its controlling terminal, a PID of the reader's namespace whatever namespace
   * the process is in; -1 or 0 if there is none.
   */
  readonly foregroundGroup: number;
}

/** PF_KTHREAD of <linux/sched.h>. */
const kernelThread = 0x0020_0000;

/** Fields 3, 8, 9 and 22 of /proc/PID/stat (proc_pid_stat(5)); undefined if there is no such process. */
export function readStat(pid: number): ProcessStat | undefined {
  let stat: string;
  try {
    stat = fs.readFileSync(`/proc/${pid}/stat`, 'latin1');
  } catch {
    return undefined;
  }
  // The name before the last parenthesis may hold anything.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return {
    pid,
    foregroundGroup: Number(fields[5]),
    startTime: Number(fields[19]),
    isZombie: fields[0] === 'Z' || fields[0] === 'X',
    isKernelThread: (Number(fields[6]) & kernelThread) !== 0,
  };
}
