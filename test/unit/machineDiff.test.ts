import * as assert from 'node:assert/strict';
import type { NamespaceId } from '../../src/kernel/kinds';
import { diffMachines, isEmptyDiff } from '../../src/inspect/machineDiff';
import type { MachineNamespace, MachineProcess, MachineSnapshot } from '../../src/inspect/snapshot';

function namespace(id: number, more: Partial<MachineNamespace> = {}): MachineNamespace {
  return {
    kind: 'net',
    id: id as NamespaceId,
    lastingId: undefined,
    isInitial: false,
    parent: 'none',
    owner: 'hidden',
    ownerUid: undefined,
    processCount: 1,
    threadCount: 1,
    firstPid: 7,
    command: 'sleep infinity',
    holders: [],
    hasMoreHolders: false,
    uidMap: undefined,
    gidMap: undefined,
    maker: undefined,
    ...more,
  };
}

function process(pid: number, more: Partial<MachineProcess> = {}): MachineProcess {
  return {
    pid,
    parent: 1,
    pidChain: [pid],
    uid: 0,
    name: 'sleep',
    startTime: 100,
    threadCount: 1,
    isZombie: false,
    isKernelThread: false,
    namespaces: { net: 5 as NamespaceId },
    isHidden: false,
    ...more,
  };
}

function machine(
  namespaces: readonly MachineNamespace[],
  processes: readonly MachineProcess[],
): MachineSnapshot {
  return {
    takenAt: Math.random(),
    tookMs: Math.random(),
    kinds: ['net'],
    own: {},
    namespaces,
    processes,
    limits: {
      hiddenProcesses: 0,
      hiddenDescriptors: 0,
      hiddenMounts: 0,
      hidepid: 'off',
      isInPidNamespace: false,
      socketsWereSkipped: true,
    },
  };
}

describe('the difference of two snapshots of the machine', () => {
  it('is empty if only the time has changed', () => {
    const one = machine([namespace(5)], [process(7)]);
    const other = structuredClone(machine([namespace(5)], [process(7)]));
    assert.ok(isEmptyDiff(diffMachines(one, other)));
  });

  it('names what came, what went and what became different', () => {
    const before = machine([namespace(1), namespace(2)], [process(7), process(8)]);
    const after = machine(
      [namespace(2, { processCount: 2 }), namespace(3)],
      [process(8, { name: 'sh' }), process(9)],
    );
    const { namespaces, processes } = diffMachines(before, after);
    assert.deepEqual(namespaces, {
      added: [namespace(3)],
      removed: [namespace(1)],
      changed: [{ before: namespace(2), after: namespace(2, { processCount: 2 }) }],
    });
    assert.deepEqual(processes, {
      added: [process(9)],
      removed: [process(7)],
      changed: [{ before: process(8), after: process(8, { name: 'sh' }) }],
    });
  });

  it('takes a number that is used again for something else', () => {
    const before = machine([namespace(1, { lastingId: 10 })], [process(7)]);
    const after = machine([namespace(1, { lastingId: 11 })], [process(7, { startTime: 200 })]);
    const { namespaces, processes } = diffMachines(before, after);
    assert.deepEqual(
      [namespaces.added.length, namespaces.removed.length, namespaces.changed.length],
      [1, 1, 0],
    );
    assert.deepEqual([processes.added.length, processes.removed.length, processes.changed.length], [1, 1, 0]);
  });

  it('sees that a process has entered another namespace', () => {
    const other = process(7, { namespaces: { net: 6 as NamespaceId } });
    const { processes } = diffMachines(machine([], [process(7)]), machine([], [other]));
    assert.equal(processes.changed.length, 1);
  });
});
