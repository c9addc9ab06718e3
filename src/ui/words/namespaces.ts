import type { HostPerson } from '../../inspect/hostPerson';
import type { Holder, MachineNamespace, Maker } from '../../inspect/snapshot';
import { harmless } from '../../kernel/harmless';
import { counted, type Translate } from '../translate';

/** Longer commands are cut, so that a row keeps its end. */
const longestCommand = 60;

/** 'you', 'root', 'uid 1001': who made a namespace, or the user namespace that owns it. */
export function nameOwner({ ownerUid }: MachineNamespace, person: HostPerson, t: Translate): string {
  if (ownerUid === undefined) return t('owner hidden');
  if (ownerUid === person.uid) return t('you');
  return ownerUid === 0 ? 'root' : t('uid {0}', String(ownerUid));
}

/** '3 processes', or what keeps a namespace without any. */
export function describePopulation(namespace: MachineNamespace, t: Translate): string {
  const { processCount, holders } = namespace;
  if (processCount > 0) return countProcesses(processCount, t);
  const [holder] = holders;
  return holder ? describeHolder(holder, t) : t('no process');
}

export function countProcesses(count: number, t: Translate): string {
  return counted(t, count, '{0} process', '{0} processes');
}

/** What keeps a namespace in which there is no process. */
export function describeHolder(holder: Holder, t: Translate): string {
  switch (holder.by) {
    case 'thread':
      return t('kept by thread {0} of process {1}', String(holder.tid), String(holder.pid));
    case 'descriptor':
      return t('kept by descriptor {0} of process {1}', String(holder.fd), String(holder.pid));
    case 'socket':
      return t('kept by socket {0} of process {1}', String(holder.fd), String(holder.pid));
    case 'children':
      return t('awaits the children of process {0}', String(holder.pid));
    case 'mount':
      return t('kept by a mount at {0}', harmless(holder.path));
    case 'namespace':
      return t('kept by namespace {0}', String(holder.id));
  }
}

/** 'Docker web-1': what made a namespace, by the name it is known by. */
export function nameMaker({ tool, name }: Maker): string {
  return name === undefined || name === '' ? toolNames[tool] : `${toolNames[tool]} ${harmless(name)}`;
}

const toolNames: Readonly<Record<Maker['tool'], string>> = {
  anton: 'Anton',
  docker: 'Docker',
  podman: 'Podman',
  kubernetes: 'Kubernetes',
  containerd: 'containerd',
  crio: 'CRI-O',
  runc: 'runc',
  crun: 'crun',
  lxc: 'LXC',
  nspawn: 'systemd-nspawn',
  flatpak: 'Flatpak',
  snap: 'Snap',
  bwrap: 'bubblewrap',
  firejail: 'Firejail',
  chromium: 'Chromium',
  systemd: 'systemd',
  unshare: 'unshare',
};

export function shortCommand(command: string): string {
  const safe = harmless(command);
  return safe.length > longestCommand ? `${safe.slice(0, longestCommand - 1)}…` : safe;
}
