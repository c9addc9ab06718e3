import type { CauseName } from '../../runtime/causes';
import type { Translate } from '../translate';
import type { Teller } from './causeFacts';

/** What this kernel lacks or never allows. */
export const kernelCauses = {
  'not-linux': ({ subject }, t) => ({
    why: t('Namespaces are a part of the Linux kernel, and this extension host runs on {0}.', subject),
    remedy: t('Open a folder on Linux: with Remote - SSH, WSL, or a dev container.'),
  }),
  wsl1: (_, t) => ({
    why: t('This is WSL 1, which has no Linux kernel and no namespaces.'),
    remedy: t('Convert the distribution to WSL 2: wsl --set-version <distribution> 2.'),
  }),
  'old-kernel': ({ subject, since, machine }, t) => ({
    why: t('This kernel is too old: {0} came with Linux {1}.', featureName(subject, t), since),
    remedy: t('Use a newer kernel; here it is {0}.', machine.kernel),
  }),
  'kernel-without': ({ subject }, t) => ({
    why:
      subject === ''
        ? t('This kernel was built without such namespaces, or is too old (Anton needs Linux 5.3).')
        : t('This kernel was built without it: {0}.', featureName(subject, t)),
    remedy: t('Use a newer kernel; on WSL, WSL 2.'),
  }),
  'userns-clone-off': (_, t) => ({
    why: t('User namespaces are switched off for ordinary users: kernel.unprivileged_userns_clone is 0.'),
    remedy: t('Ask the administrator for: sysctl kernel.unprivileged_userns_clone=1.'),
  }),
  'max-user-namespaces': ({ subject }, t) => ({
    why: t(
      'This system allows no such namespaces: {0} is 0. “No space left on device” means this limit, not a disk.',
      subject,
    ),
    remedy: t('Ask the administrator to have {0} raised.', subject),
  }),
  'nesting-limit': (_, t) => ({
    why: t(
      'A limit on the number or the depth of namespaces is reached. “No space left on device” means this limit, not a disk.',
    ),
    remedy: t('Close other isolated terminals, or have user.max_user_namespaces raised.'),
  }),
  initramfs: (_, t) => ({
    why: t(
      'The root directory of this system is no mount point, or still that of its start (initramfs), which pivot_root cannot leave.',
    ),
    remedy: t('Use a profile without a root directory, or a system that is started from a disk.'),
  }),
  'overlay-below': (_, t) => ({
    why: t(
      'The folder is itself on an overlay, or has other mounts below it, which would show what they cover.',
    ),
    remedy: t('Use another root directory, or access read-only.'),
  }),
  'no-library': ({ subject }, t) => ({
    why: subject,
    remedy: t('Install the Anton package made for this machine’s architecture ({0}).', process.arch),
  }),
  noexec: ({ subject }, t) => ({
    why: t(
      'The file system on which Anton is installed allows no programs (noexec), or a policy forbids them: {0}',
      subject,
    ),
    remedy: t(
      'Have it mounted without noexec, or install the editor’s extensions elsewhere (--extensions-dir).',
    ),
  }),
  'old-libc': ({ subject }, t) => ({
    why: t('The C library of this system is too old for it: {0}', subject),
    remedy: t('Use a newer system; Anton needs glibc 2.28 or later.'),
  }),
  'timed-out': ({ subject }, t) => ({
    why: t('It had not ended after {0}, and was killed.', subject),
    remedy: t('Check again when the machine is less busy.'),
  }),
  unknown: (_, t) => ({
    why: t('The cause is not known.'),
    remedy: t('The log has the details (Anton: Show Log).'),
  }),
} satisfies Partial<Record<CauseName, Teller>>;

/** What came with a version of Linux, or is left out of some. */
function featureName(subject: string, t: Translate): string {
  switch (subject) {
    case 'overlay':
      return t('overlayfs in a user namespace');
    case 'time_by_exec':
      return t('entering a time namespace by execve');
    case 'mount_setattr':
      return t('the system call mount_setattr');
    default:
      return t('namespaces of the kind {0}', subject);
  }
}
