import * as fs from 'node:fs';
import type { NamespaceId } from './kinds';

/** The kinds that a process does not enter itself when it makes one: only its children do (namespaces(7)). */
export const kindsForChildren = ['pid', 'time'] as const;

export type KindForChildren = (typeof kindsForChildren)[number];

/** 'unborn': made, but no child has been born into it yet, so the kernel shows no link (pid_namespaces(7)). */
export type NamespaceForChildren = NamespaceId | 'unborn';

/** The namespace that a process's next child will be in; undefined if the process is gone or hidden from us. */
export function readForChildren(
  pid: number | 'self',
  kind: KindForChildren,
): NamespaceForChildren | undefined {
  try {
    const link = fs.readlinkSync(`/proc/${pid}/ns/${kind}_for_children`);
    return Number(/\[(\d+)\]$/.exec(link)?.[1]) as NamespaceId;
  } catch (error) {
    const isThere =
      (error as NodeJS.ErrnoException).code === 'ENOENT' && fs.existsSync(`/proc/${pid}/ns/pid`);
    return isThere && kind === 'pid' ? 'unborn' : undefined;
  }
}

/** Offsets of the clocks in the time namespace of a process's children, in seconds (time_namespaces(7)). */
export interface ClockOffsets {
  readonly monotonic: number;
  readonly boottime: number;
}

/** Undefined if the process is gone or hidden from us, or the kernel has no time namespaces. */
export function readClockOffsets(pid: number | 'self'): ClockOffsets | undefined {
  try {
    return parseClockOffsets(fs.readFileSync(`/proc/${pid}/timens_offsets`, 'latin1'));
  } catch {
    return undefined;
  }
}

/** Lines `boottime   86400   0`: seconds and nanoseconds. */
export function parseClockOffsets(text: string): ClockOffsets {
  const offset = (clock: string): number => {
    const match = new RegExp(`^${clock}\\s+(-?\\d+)\\s+(\\d+)$`, 'm').exec(text);
    return Number(match?.[1] ?? 0) + Number(match?.[2] ?? 0) / 1e9;
  };
  return { monotonic: offset('monotonic'), boottime: offset('boottime') };
}
