import type { FailureData } from '../kernel/failure';
import { isIdentity } from '../kernel/idMap';
import type { NamespaceKind } from '../kernel/kinds';
import type { Cause } from './causes';
import { isKernelAtLeast } from './kernelRelease';
import type { Machine } from './machine';

/** Linux versions that brought a kind (namespaces(7)); and into which execve(2) takes a time namespace: 6.1. */
const since: Partial<Record<NamespaceKind, string>> = { user: '3.8', cgroup: '4.6', time: '5.6' };
const timeByExec = '6.1';
const overlayInUserNamespace = '5.11';

/** The likely cause of a refusal. @param kinds that were to be made, if known. */
export function causeOf(failure: FailureData, machine: Machine, kinds: readonly NamespaceKind[] = []): Cause {
  return causeOfStep(failure, machine) ?? causeOfErrno(failure, machine, kinds);
}

/** Steps that say by themselves what is wrong. */
function causeOfStep({ step, code, subject = '' }: FailureData, machine: Machine): Cause | undefined {
  if (code === 'EMFILE' || code === 'ENFILE') return { cause: 'too-many-files', subject: code };
  switch (step) {
    case 'platform':
      return { cause: 'not-linux', subject };
    case 'load_library':
      return { cause: 'no-library', subject: subject === '' ? code : subject };
    case 'open_pty':
      return { cause: 'no-pseudoterminal', subject: code };
    case 'timeout':
      return { cause: 'timed-out', subject };
    case 'subordinate_ids':
      return { cause: 'no-subordinate-ids', subject };
    case 'find_newuidmap':
    case 'find_newgidmap':
      return { cause: 'helper-missing', subject: 'newuidmap, newgidmap' };
    case 'newuidmap':
    case 'newgidmap':
      return causeOfMapHelper(step, subject, machine);
    case 'user_network':
      if (code === 'ENOENT') return { cause: 'helper-missing', subject: 'slirp4netns, pasta' };
      return machine.tun
        ? { cause: 'helper-failed', subject: subject === '' ? code : subject }
        : { cause: 'no-tun' };
    case 'limits':
      return causeOfLimits(code, subject, machine);
    case 'mount_overlay':
      return causeOfOverlay(code, machine);
    default:
      return undefined;
  }
}

function causeOfErrno(
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
      return causeOfLimit(machine, kinds);
    case 'ENOSYS':
    case 'EINVAL':
      // The kernel itself has clone(2) and unshare(2); only a filter answers ENOSYS for them.
      if (machine.wsl === 1) return { cause: 'wsl1' };
      if (code === 'ENOSYS' && machine.seccomp === 2) return { cause: 'container-seccomp' };
      return causeOfAbsence(machine, kinds);
    case 'EPERM':
    case 'EACCES':
    case 'EROFS':
      return causeOfDenial(step, machine);
    default:
      if (step === 'proof' && kinds.includes('time') && !isKernelAtLeast(machine.kernel, timeByExec))
        return { cause: 'old-kernel', since: timeByExec, subject: 'time' };
      return { cause: 'unknown', ...(subject === undefined ? {} : { subject }) };
  }
}

/** EPERM and EACCES say only "no"; the machine's facts say who said it. */
function causeOfDenial(step: string, machine: Machine): Cause {
  const isClone = step === 'clone' || step.startsWith('unshare_');
  if (machine.wsl === 1) return { cause: 'wsl1' };
  if (step === 'mount_proc' && machine.maskedProc.length > 0) return maskedBy(machine);
  if (isClone && machine.unprivilegedUsernsClone === 0 && !machine.privileged)
    return { cause: 'userns-clone-off' };
  if (isClone && machine.seccomp === 2) return { cause: 'container-seccomp' };
  if (machine.apparmorRestrictsUserns === 1 && !machine.privileged) return { cause: 'apparmor-userns' };
  if (!isClone && isConfined(machine))
    return { cause: 'container-apparmor', subject: machine.apparmorProfile ?? '' };
  if (isClone && machine.container !== undefined) return { cause: 'container-seccomp' };
  if (step === 'mount_proc') return maskedBy(machine);
  if (isClone && machine.chroot) return { cause: 'chroot' };
  if (step.startsWith('write_') && isNested(machine)) return { cause: 'nested-ids' };
  return { cause: 'security-policy' };
}

function maskedBy({ maskedProc }: Machine): Cause {
  return { cause: 'masked-proc', ...(maskedProc.length > 0 ? { subject: maskedProc.join(' ') } : {}) };
}

/** ENOSPC: no disk is full. */
function causeOfLimit(machine: Machine, kinds: readonly NamespaceKind[]): Cause {
  const asked: readonly NamespaceKind[] = kinds.length > 0 ? kinds : ['user'];
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

/** newuidmap(1) needs the privilege that its file gives it, and ids that are mapped where this process runs. */
function causeOfMapHelper(step: string, subject: string, machine: Machine): Cause {
  if (machine.noNewPrivileges) return { cause: 'no-new-privs', subject: step };
  if (isNested(machine)) return { cause: 'nested-ids', subject };
  const isSetuid = machine.helpers.some(({ name, setuid }) => name === step && setuid);
  return isSetuid ? { cause: 'helper-failed', subject } : { cause: 'helper-not-privileged', subject: step };
}

/** Without an errno no cgroup was found in which one could be made; with one the kernel refused. */
function causeOfLimits(code: string, subject: string, { cgroup }: Machine): Cause | undefined {
  if (code !== '') return undefined;
  const controllers = subject.split(' ');
  if (!controllers.every((each) => cgroup?.available.includes(each))) return { cause: 'no-cgroup2' };
  return { cause: 'no-delegation', subject };
}

function causeOfOverlay(code: string, machine: Machine): Cause | undefined {
  if (code === 'ENODEV') return { cause: 'kernel-without', subject: 'overlay' };
  if (!isKernelAtLeast(machine.kernel, overlayInUserNamespace))
    return { cause: 'old-kernel', since: overlayInUserNamespace, subject: 'overlay' };
  return code === 'EINVAL' ? { cause: 'overlay-below' } : undefined;
}

/** Docker's and Kubernetes' profiles deny mounts. */
function isConfined({ apparmorProfile }: Machine): boolean {
  return apparmorProfile !== undefined && !/unconfined|^$/.test(apparmorProfile);
}

function isNested({ uidMap }: Machine): boolean {
  return uidMap !== undefined && !isIdentity(uidMap);
}
