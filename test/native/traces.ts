import * as fs from 'node:fs';
import { readChildren } from '../../src/kernel/proc';
import { read } from './processes';

/** What a process holds of the kernel's: what a terminal would leave behind, if it left anything. */
export interface Traces {
  readonly descriptors: number;
  /** Zombies are among them. */
  readonly children: readonly number[];
  readonly threads: number;
  /** Memory mappings, which stacks and records of half-made terminals would be. */
  readonly mappings: number;
}

export function tracesOf(pid: number): Traces {
  return {
    descriptors: fs.readdirSync(`/proc/${pid}/fd`).length,
    children: readChildren(pid),
    threads: fs.readdirSync(`/proc/${pid}/task`).length,
    mappings: read(`/proc/${pid}/maps`).split('\n').length,
  };
}

/** Resident memory in MiB. */
export function residentMemory(): number {
  return Number(/^VmRSS:\s+(\d+)/m.exec(read('/proc/self/status'))?.[1]) / 1024;
}

/** How many ends of pseudoterminals a process has open. */
export function ptysOf(pid: number): number {
  const folder = `/proc/${pid}/fd`;
  const targets = fs.readdirSync(folder).map((fd) => {
    try {
      return fs.readlinkSync(`${folder}/${fd}`);
    } catch {
      return ''; // The descriptor that readdir itself used.
    }
  });
  return targets.filter((target) => /\/(ptmx|pts\/\d+)$/.test(target)).length;
}
