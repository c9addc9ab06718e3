import type { NamespaceKind } from '../../kernel/kinds';
import type { NamespaceFact } from '../../inspect/terminalSnapshot';
import type { Translate } from '../translate';

/** What a kind of namespace is, in one sentence. Source: namespaces(7). */
export function explainKind(kind: NamespaceKind, t: Translate): string {
  switch (kind) {
    case 'user':
      return t('A user namespace has its own user and group ids, and its own root.');
    case 'pid':
      return t('A PID namespace numbers its processes itself, beginning with 1.');
    case 'mnt':
      return t('A mount namespace has its own list of mounts, and so its own view of the files.');
    case 'uts':
      return t('A UTS namespace has its own hostname and domain name.');
    case 'ipc':
      return t('An IPC namespace has its own System V IPC objects and POSIX message queues.');
    case 'net':
      return t('A network namespace has its own interfaces, addresses, routes and ports.');
    case 'cgroup':
      return t('A cgroup namespace shows its own cgroup as the root of all cgroups.');
    case 'time':
      return t('A time namespace has its own offsets for the monotonic and the boot-time clock.');
  }
}

/** Whose a namespace is; `short` where there is little room. */
export function describeState(fact: NamespaceFact, t: Translate): { state: string; short: string } {
  if (fact.own) return { state: t('own'), short: t('own') };
  if (fact.id === undefined) return { state: t('not visible'), short: t('not visible') };
  if (fact.hostId === undefined) return { state: t('not comparable'), short: t('not comparable') };
  return { state: t('shared with the host'), short: t('shared') };
}
