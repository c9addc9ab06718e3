import type { FailureData } from '../kernel/failure';
import { type IdMap, isIdentity } from '../kernel/idMap';
import { type NamespaceKind, namespaceKinds } from '../kernel/kinds';
import type { Cause } from './causes';
import { isKernelAtLeast } from './kernelRelease';
import type { Machine } from './machine';

/** Linux versions that brought a kind (namespaces(7)); and into which execve(2) takes a time namespace: 6.1. */
const since: Partial<Record<NamespaceKind, string>> = { user: '3.8', cgroup: '4.6', time: '5.6' };
const timeByExec = '6.1';
/** Since then a map may name id 0 of the parent only with CAP_SETFCAP there (user_namespaces(7)). */
const setfcapForMaps = '5.12';

/** What an errno means, given the facts of the machine. */
export function causeOfErrno(
  { step, code, subject }: FailureData,
  machine: Machine,
  kinds: readonly NamespaceKind[],
): Cause {
  switch (code) {
    case 'EAGAIN':
      return { cause: 'too-many-processes' };
    case 'ENOMEM':
      return { cause: 'no-memory' };
    case 'ENOSPC':
    case 'EUSERS':
      return causeOfLack(step, machine, kinds);
    case 'ENOSYS':
    case 'EINVAL':
      // The kernel itself has clone(2) and unshare(2); only a filter answers ENOSYS for them.
      if (machine.wsl === 1) return { cause: 'wsl1' };
      if (code === 'ENOSYS' && machine.seccomp === 2) return { cause: 'container-seccomp' };
      if (code === 'EINVAL' && !makesNamespaces(step)) return { cause: 'unknown', ...about(subject) };
      return causeOfAbsence(machine, kinds);
    case 'EROFS':
      return step.startsWith('write_')
        ? { cause: 'read-only-proc' }
        : { cause: 'unknown', ...about(subject) };
    case 'EPERM':
    case 'EACCES':
      return causeOfDenial(step, code, machine);
    default:
      if (step === 'proof' && kinds.includes('time') && !isKernelAtLeast(machine.kernel, timeByExec))
        return { cause: 'old-kernel', since: timeByExec, subject: 'time_by_exec' };
      return { cause: 'unknown', ...about(subject) };
  }
}

/** This process itself runs in a user namespace that is not the first one. */
export function isNested({ uidMap }: Machine): boolean {
  return uidMap !== undefined && !isIdentity(uidMap);
}

function about(subject: string | undefined): { subject?: string } {
  return subject === undefined ? {} : { subject };
}

function makesNamespaces(step: string): boolean {
  return step === 'clone' || step.startsWith('unshare_');
}

/** EPERM and EACCES say only "no"; the machine's facts say who said it. */
function causeOfDenial(step: string, code: string, machine: Machine): Cause {
  const isClone = makesNamespaces(step);
  if (machine.wsl === 1) return { cause: 'wsl1' };
  if (step === 'mount_proc' && machine.maskedProc.length > 0) return maskedBy(machine);
  if (isClone && machine.unprivilegedUsernsClone === 0 && !machine.privileged)
    return { cause: 'userns-clone-off' };
  if (step === 'clone' && !isMapped(machine)) return { cause: 'unmapped-person' };
  if (isClone && machine.seccomp === 2) return { cause: 'container-seccomp' };
  const lacking = lackingCapability(step, machine);
  if (lacking !== undefined) return { cause: 'no-capability', subject: lacking };
  if (machine.apparmorRestrictsUserns === 1 && !machine.privileged) return { cause: 'apparmor-userns' };
  // AppArmor refuses mounts with EACCES; what a filter answers is for its maker to say, and mostly EPERM.
  if (!isClone && isConfined(machine) && !(code === 'EPERM' && machine.seccomp === 2))
    return { cause: 'container-apparmor', subject: machine.apparmorProfile ?? '' };
  if (isClone ? machine.container !== undefined : machine.seccomp === 2 && !step.startsWith('write_'))
    return { cause: 'container-seccomp' };
  if (step === 'mount_proc') return maskedBy(machine);
  if (isClone && machine.chroot) return { cause: 'chroot' };
  if (step.startsWith('write_') && isNested(machine)) return { cause: 'nested-ids' };
  return { cause: 'security-policy' };
}

function maskedBy({ maskedProc }: Machine): Cause {
  return { cause: 'masked-proc', ...(maskedProc.length > 0 ? { subject: maskedProc.join(' ') } : {}) };
}

/** create_user_ns() of kernel/user_namespace.c: whoever makes one has to have ids where they are. */
function isMapped({ person, uidMap, gidMap }: Machine): boolean {
  const has = (map: IdMap | undefined, id: number): boolean =>
    map?.some(({ inside, length }) => id >= inside && id < inside + length) ?? true;
  return has(uidMap, person.uid) && has(gidMap, person.gid);
}

/** Without a user namespace that gives it, or for what this process does itself. */
function lackingCapability(step: string, { person, capabilities, kernel }: Machine): string | undefined {
  const lacks = (name: (typeof capabilities)[number]): string | undefined =>
    capabilities.includes(name) ? undefined : name;
  switch (step) {
    case 'write_uid_map':
      return person.uid === 0 && isKernelAtLeast(kernel, setfcapForMaps) ? lacks('CAP_SETFCAP') : undefined;
    case 'drop_capabilities':
      return lacks('CAP_SETPCAP');
    default:
      return undefined;
  }
}

/** ENOSPC of a namespace is no full disk; elsewhere it may be one. */
function causeOfLack(step: string, machine: Machine, kinds: readonly NamespaceKind[]): Cause {
  if (/^(mount_|bind|private_mounts|pivot_root)/.test(step)) return { cause: 'too-many-mounts' };
  if (!makesNamespaces(step)) return { cause: 'disk-full' };
  const asked: readonly NamespaceKind[] = kinds.length > 0 ? kinds : namespaceKinds;
  const none = asked.find((kind) => machine.maxNamespaces[kind] === 0);
  return none === undefined
    ? { cause: 'nesting-limit' }
    : { cause: 'max-user-namespaces', subject: `user.max_${none}_namespaces` };
}

function causeOfAbsence(machine: Machine, kinds: readonly NamespaceKind[]): Cause {
  const absent = kinds.filter((kind) => !machine.kinds.includes(kind));
  const tooNew = absent.find((kind) => !isKernelAtLeast(machine.kernel, since[kind] ?? '3.8'));
  if (tooNew !== undefined) return { cause: 'old-kernel', subject: tooNew, since: since[tooNew] ?? '3.8' };
  return { cause: 'kernel-without', ...(absent.length > 0 ? { subject: absent.join(' ') } : {}) };
}

/** Docker's and Kubernetes' profiles deny mounts. */
function isConfined({ apparmorProfile }: Machine): boolean {
  return apparmorProfile !== undefined && !/unconfined|^$/.test(apparmorProfile);
}
