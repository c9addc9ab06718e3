import { orderOfNamespaces } from '../../src/inspect/machineDiff';
import { MachineIndex } from '../../src/inspect/machineIndex';
import type { MachineNamespace, MachineProcess, MachineSnapshot } from '../../src/inspect/snapshot';
import { namespaceKinds, type NamespaceId, type NamespaceKind } from '../../src/kernel/kinds';
import type { NamespaceIds } from '../../src/kernel/proc';

/** A small machine: the host's eight namespaces, and a container with a user, a pid and a mnt namespace of its own. */

export const hostIds = Object.fromEntries(
  namespaceKinds.map((kind, i) => [kind, 4026531830 + i]),
) as Required<NamespaceIds>;

export const containerIds: NamespaceIds = {
  ...hostIds,
  user: 4026532500 as NamespaceId,
  pid: 4026532501 as NamespaceId,
  mnt: 4026532502 as NamespaceId,
};

export function machineProcess(
  pid: number,
  name: string,
  more: Partial<MachineProcess> = {},
): MachineProcess {
  return {
    ...{ pid, parent: 1, pidChain: [pid], uid: 1000, name, startTime: pid, threadCount: 1 },
    ...{ isZombie: false, isKernelThread: false, namespaces: hostIds, isHidden: false },
    ...more,
  };
}

export function machineNamespace(
  kind: NamespaceKind,
  id: number,
  more: Partial<MachineNamespace> = {},
): MachineNamespace {
  return {
    ...{
      kind,
      id: id as NamespaceId,
      lastingId: undefined,
      isInitial: false,
      parent: 'none',
      owner: hostIds.user,
    },
    ...{ ownerUid: 0, processCount: 1, threadCount: 1, firstPid: 1, command: 'init', holders: [] },
    ...{ hasMoreHolders: false, uidMap: undefined, gidMap: undefined, maker: undefined },
    ...more,
  };
}

export function machine(more: Partial<MachineSnapshot> = {}): MachineIndex {
  const processes = [
    machineProcess(1, 'init', { parent: 0, uid: 0 }),
    machineProcess(100, 'bash'),
    machineProcess(200, 'sleep', { parent: 100, pidChain: [200, 1], namespaces: containerIds }),
    machineProcess(201, 'httpd', { parent: 200, pidChain: [201, 2], namespaces: containerIds }),
  ];
  const inContainer = {
    ownerUid: 1000,
    processCount: 2,
    threadCount: 2,
    firstPid: 200,
    command: 'sleep 1000',
  };
  const namespaces = [
    ...namespaceKinds.flatMap((kind) => [
      machineNamespace(kind, hostIds[kind], {
        isInitial: true,
        owner: kind === 'user' ? 'none' : hostIds.user,
        processCount: kind in { user: 1, pid: 1, mnt: 1 } ? 2 : 4,
      }),
      ...(kind === 'user'
        ? [machineNamespace('user', 4026532500, { ...inContainer, parent: hostIds.user })]
        : []),
      ...(kind === 'pid'
        ? [
            machineNamespace('pid', 4026532501, {
              ...inContainer,
              parent: hostIds.pid,
              owner: 4026532500 as NamespaceId,
            }),
          ]
        : []),
      ...(kind === 'mnt'
        ? [machineNamespace('mnt', 4026532502, { ...inContainer, owner: 4026532500 as NamespaceId })]
        : []),
    ]),
    machineNamespace('net', 4026532600, {
      processCount: 0,
      threadCount: 0,
      firstPid: undefined,
      command: '',
      holders: [{ by: 'mount', pid: 1, mountNamespace: hostIds.mnt, path: '/run/netns/blue' }],
    }),
  ].sort(orderOfNamespaces);
  return new MachineIndex({
    takenAt: 0,
    tookMs: 1,
    kinds: namespaceKinds,
    own: hostIds,
    namespaces,
    processes,
    limits: {
      ...{ hiddenProcesses: 0, hiddenDescriptors: 0, hiddenMounts: 0, hidepid: 'off' },
      ...{ isInPidNamespace: false, socketsWereSkipped: true },
    },
    ...more,
  });
}
