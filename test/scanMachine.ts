import { type ScanDepth, takeSnapshot } from '../src/inspect/takeSnapshot';
import type { MachineSnapshot } from '../src/inspect/snapshot';
import { Scanner } from '../src/kernel/scanner';

const scanner = new Scanner();

/** A snapshot by a scanner that all tests of a file share. */
export function scanMachine(depth?: ScanDepth, before?: MachineSnapshot): Promise<MachineSnapshot> {
  return takeSnapshot(scanner, depth, before);
}
