import type { FailureData } from '../kernel/failure';
import { isIdentity } from '../kernel/idMap';
import type { NamespaceKind } from '../kernel/kinds';
import type { Rung } from './checkMachine';
import { isKernelAtLeast, type Machine } from './machine';
import { rungs as rungDefinitions, type RungId } from './rungs';

/** Why something does not work, as likely as the facts tell. The words are in ui/words/machine.ts. */
export type CauseName =
  | 'not-linux'
  | 'wsl1'
  | 'old-kernel'
  | 'kernel-without'
  | 'userns-clone-off'
  | 'max-user-namespaces'
  | 'nesting-limit'
  | 'apparmor-userns'
  | 'container-apparmor'
  | 'container-seccomp'
  | 'masked-proc'
  | 'chroot'
  | 'no-subordinate-ids'
  | 'nested-ids'
  | 'no-new-privs'
  | 'helper-missing'
  | 'helper-not-privileged'
  | 'helper-failed'
  | 'no-tun'
  | 'no-cgroup2'
  | 'no-delegation'
  | 'overlay-below'
  | 'no-library'
  | 'too-many-files'
  | 'too-many-processes'
  | 'no-pseudoterminal'
  | 'no-memory'
  | 'timed-out'
  | 'security-policy'
  | 'unknown';

export interface Cause {
  readonly cause: CauseName;
  /** What it is about: programs, a sysctl, controllers, what a program said. */
  readonly subject?: string;
  /** The Linux version that brought what is missing: '5.6'. */
  readonly since?: string;
}

/** One cause and all the rungs that it keeps from working. */
export interface Finding extends Cause {
  readonly rungs: readonly RungId[];
  /** Rungs that were not tried because those failed. */
  readonly alsoLost: readonly RungId[];
}

/** Linux versions that brought a kind (namespaces(7)); and into which execve(2) takes a time namespace: 6.1. */
const since: Partial<Record<NamespaceKind, string>> = { user: '3.8', cgroup: '4.6', time: '5.6' };
const timeByExec = '6.1';
const overlayInUserNamespace = '5.11';

/** Groups what does not work by its cause, in the order of the rungs. */
export function diagnose(rungs: readonly Rung[], machine: Machine): readonly Finding[] {
  const findings: { cause: Cause; rungs: RungId[] }[] = [];
  for (const { id, failure } of rungs) {
    if (!failure) continue;
    const cause = causeOf(failure, machine, kindsOf(id));
    const same = findings.find((each) => JSON.stringify(each.cause) === JSON.stringify(cause));
    if (same) same.rungs.push(id);
    else findings.push({ cause, rungs: [id] });
  }
  return findings.map(({ cause, rungs: failed }) => ({
    ...cause,
    rungs: failed,
    alsoLost: lostWith(failed, rungs),
  }));
}

/** Whether something is not there, rather than refused. */
export function isAbsence({ cause }: Cause): boolean {
  return ['helper-missing', 'old-kernel', 'kernel-without', 'no-cgroup2'].includes(cause);
}

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

function kindsOf(id: RungId): readonly NamespaceKind[] {
  return rungDefinitions.find((rung) => rung.id === id)?.profile.namespaces ?? [];
}

/** What was not tried because of these, or because of what was not tried because of them. */
function lostWith(failed: readonly RungId[], rungs: readonly Rung[]): RungId[] {
  const lost = new Set<RungId>(failed);
  const untried = rungs.filter(({ outcome }) => outcome === 'not tried');
  for (const { id, needs } of untried) if (needs.some((need) => lost.has(need))) lost.add(id);
  return untried.map(({ id }) => id).filter((id) => lost.has(id));
}
