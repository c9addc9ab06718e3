import * as fs from 'node:fs';
import { namespaceKinds } from '../kernel/kinds';
import { scanOption, type ScanResult } from '../kernel/scanResult';
import type { Scanner } from '../kernel/scanner';
import { readContainerStates } from './containerStates';
import { Kept } from './kept';
import { MachineBuilder } from './machineBuilder';
import type { MachineSnapshot, ScanLimits } from './snapshot';
import { Turns } from './turns';

/** How thorough a scan is: what it looks at beside the first threads of all processes. */
export interface ScanDepth {
  readonly threads?: boolean;
  /** Open descriptors, and the namespaces that children will be in. */
  readonly descriptors?: boolean;
  /** Takes a copy of each socket that it may, to ask for its network namespace. */
  readonly sockets?: boolean;
  readonly mounts?: boolean;
  /** Reads every process again, also those that have not run since the last scan and so are as they were. */
  readonly fresh?: boolean;
}

/**
 * Scans the machine and makes a snapshot of it. The scan runs in a process of its own, and the rest in short turns.
 * @param depth what to leave out; sockets are looked at only where it says so.
 * @param before an earlier snapshot, of which everything that is as it was is used again.
 * @throws Failure if the machine cannot be scanned at all.
 */
export async function takeSnapshot(
  scanner: Scanner,
  depth: ScanDepth = {},
  before?: MachineSnapshot,
): Promise<MachineSnapshot> {
  const begin = performance.now();
  const [result, containers] = await Promise.all([scanner.scan(optionsOf(depth)), readContainerStates()]);
  const machine = await new MachineBuilder(result, containers, new Kept(before), new Turns()).build();
  const hidden = machine.processes.reduce((count, { isHidden }) => count + (isHidden ? 1 : 0), 0);
  return {
    takenAt: Date.now(),
    tookMs: performance.now() - begin,
    kinds: namespaceKinds.filter((kind) => result.own[kind] !== undefined),
    own: result.own,
    ...machine,
    limits: limitsOf(result, hidden, depth),
  };
}

function optionsOf({
  threads = true,
  descriptors = true,
  sockets = false,
  mounts = true,
  fresh = false,
}: ScanDepth): number {
  return (
    scanOption.leaders |
    (threads ? scanOption.threads : 0) |
    (descriptors ? scanOption.descriptors : 0) |
    (sockets ? scanOption.sockets : 0) |
    (mounts ? scanOption.mounts : 0) |
    (fresh ? scanOption.fresh : 0)
  );
}

/** PROC_PID_INIT_INO of the kernel. */
const initialPidNamespace = 0xeffffffc;

function limitsOf(result: ScanResult, hidden: number, depth: ScanDepth): ScanLimits {
  return {
    hiddenProcesses: hidden,
    hiddenDescriptors: result.hiddenDescriptors + hidden,
    hiddenMounts: result.hiddenMounts + hidden,
    hidepid: readHidepid(),
    isInPidNamespace: result.own.pid !== undefined && result.own.pid !== initialPidNamespace,
    socketsWereSkipped: depth.sockets !== true || result.socketsDenied,
  };
}

const hidepidNames = {
  '0': 'off',
  '1': 'noaccess',
  '2': 'invisible',
  '4': 'ptraceable',
  off: 'off',
  noaccess: 'noaccess',
  invisible: 'invisible',
  ptraceable: 'ptraceable',
} as const;

/** The option hidepid of the mount on /proc, by name since Linux 5.8, by number before (proc(5)). */
export function parseHidepid(mountinfo: string): ScanLimits['hidepid'] {
  // The last mount on a place is the one that is seen there.
  const line = mountinfo.split('\n').findLast((each) => / \/proc .* - proc /.test(each)) ?? '';
  const name = /[, ]hidepid=(\w+)/.exec(line)?.[1];
  return name !== undefined && name in hidepidNames ? hidepidNames[name as keyof typeof hidepidNames] : 'off';
}

function readHidepid(): ScanLimits['hidepid'] {
  try {
    return parseHidepid(fs.readFileSync('/proc/self/mountinfo', 'latin1'));
  } catch {
    return 'off';
  }
}
