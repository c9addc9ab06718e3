import type { FailureData } from '../kernel/failure';
import { namespaceKinds, type NamespaceKind } from '../kernel/kinds';
import { causeOfErrno, isNested } from './causeOfErrno';
import type { Cause } from './causes';
import { isKernelAtLeast } from './kernelRelease';
import type { Machine } from './machine';

/** Linux versions that brought overlayfs into user namespaces, and mount_setattr(2), which makes a mount read-only. */
const overlayInUserNamespace = '5.11';
const mountSetattr = '5.12';

/** The likely cause of a refusal. @param kinds that were to be made, if known. */
export function causeOf(failure: FailureData, machine: Machine, kinds?: readonly NamespaceKind[]): Cause {
  return (
    causeOfStep(failure, machine) ?? causeOfErrno(failure, machine, kindsOfStep(failure.step) ?? kinds ?? [])
  );
}

/** 'unshare_time' -> ['time'] */
function kindsOfStep(step: string): readonly NamespaceKind[] | undefined {
  const kind = namespaceKinds.find((each) => step === `unshare_${each}`);
  return kind && [kind];
}

/** Steps that say by themselves what is wrong. */
function causeOfStep({ step, code, subject = '' }: FailureData, machine: Machine): Cause | undefined {
  if (code === 'EMFILE' || code === 'ENFILE') return { cause: 'too-many-files', subject: code };
  switch (step) {
    case 'platform':
      return { cause: 'not-linux', subject };
    case 'load_library':
      return causeOfLibrary(subject === '' ? code : subject);
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
      return causeOfUserNetwork(code, subject, machine);
    case 'limits':
      return causeOfLimits(code, subject, machine);
    case 'mount_overlay':
      return causeOfOverlay(code, machine);
    case 'read_only':
      return isKernelAtLeast(machine.kernel, mountSetattr)
        ? undefined
        : { cause: 'old-kernel', since: mountSetattr, subject: 'mount_setattr' };
    case 'private_mounts':
    case 'pivot_root':
      return code === 'EINVAL' ? causeOfRoot(machine) : undefined;
    default:
      return undefined;
  }
}

/** What the dynamic linker says (elf/dl-load.c, elf/dl-version.c of glibc). */
function causeOfLibrary(said: string): Cause {
  if (said.includes('failed to map segment')) return { cause: 'noexec', subject: said };
  return { cause: /version [`'].*GLIBC/.test(said) ? 'old-libc' : 'no-library', subject: said };
}

/** newuidmap(1) needs the privilege that its file gives it, and ids that are mapped where this process runs. */
function causeOfMapHelper(step: string, subject: string, machine: Machine): Cause {
  if (machine.noNewPrivileges) return { cause: 'no-new-privs', subject: step };
  if (isNested(machine)) return { cause: 'nested-ids', subject };
  const isSetuid = machine.helpers.some(({ name, setuid }) => name === step && setuid);
  return isSetuid ? { cause: 'helper-failed', subject } : { cause: 'helper-not-privileged', subject: step };
}

function causeOfUserNetwork(code: string, subject: string, { tun }: Machine): Cause {
  if (code === 'ENOENT') return { cause: 'helper-missing', subject: 'slirp4netns, pasta' };
  if (!tun) return { cause: 'no-tun' };
  if (code === 'ETIMEDOUT' && subject === '') return { cause: 'helper-silent' };
  return { cause: 'helper-failed', subject: subject === '' ? code : subject };
}

/** Without an errno no cgroup was found in which one could be made; with one the kernel refused. */
function causeOfLimits(code: string, subject: string, { cgroup }: Machine): Cause | undefined {
  if (code === 'EAGAIN') return { cause: 'cgroup-full' };
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

/** pivot_root(2), EINVAL: the root directory is no mount point, or the first one of all, which cannot be moved. */
function causeOfRoot({ chroot }: Machine): Cause {
  return { cause: chroot ? 'chroot' : 'initramfs' };
}
