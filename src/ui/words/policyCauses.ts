import type { CauseName } from '../../runtime/causes';
import type { Teller } from './causeFacts';

/** What somebody forbids, or the place where this process runs. */
export const policyCauses = {
  'apparmor-userns': (_, t) => ({
    why: t(
      'AppArmor restricts user namespaces here, as on Ubuntu 23.10 and later: kernel.apparmor_restrict_unprivileged_userns is 1.',
    ),
    remedy: t(
      'Ask the administrator for an AppArmor profile that allows userns to this editor’s server, or for: sysctl kernel.apparmor_restrict_unprivileged_userns=0.',
    ),
  }),
  'container-apparmor': ({ subject }, t) => ({
    why: t('The AppArmor profile {0} of this container forbids it.', subject),
    remedy: t('Start the container without it (docker: --security-opt apparmor=unconfined).'),
  }),
  'container-seccomp': ({ machine }, t) => ({
    why:
      machine.container === undefined
        ? t('A seccomp filter applies to this process, as in a container, and most likely forbids it.')
        : t('This looks like a container, and its seccomp filter most likely forbids it.'),
    remedy: t(
      'Start the container with a seccomp profile that allows clone, unshare and mount (docker: --security-opt seccomp=unconfined).',
    ),
  }),
  'security-policy': (_, t) => ({
    why: t('A security policy (seccomp, AppArmor, SELinux) or a chroot forbids it to this process.'),
    remedy: t('Ask the administrator which policy applies.'),
  }),
  'masked-proc': (_, t) => ({
    why: t(
      'Parts of this /proc are covered or read-only, as in a container; the kernel then shows no complete one.',
    ),
    remedy: t(
      'Use the profile pid, which keeps this /proc; or have the container started with an unmasked /proc (podman: --security-opt unmask=ALL).',
    ),
  }),
  'read-only-proc': (_, t) => ({
    why: t('/proc is read-only here, as in a container, and id maps are written to files in it.'),
    remedy: t(
      'Use the profile user, which needs no map; or have the container started with a writable /proc.',
    ),
  }),
  chroot: (_, t) => ({
    why: t(
      'This process runs in a chroot, where the kernel makes no user namespaces and lets nobody change the root directory.',
    ),
    remedy: t('Have it started by pivot_root, as containers are, or outside of the chroot.'),
  }),
  'unmapped-person': (_, t) => ({
    why: t(
      'This process runs in a user namespace in which its own uid or gid is not mapped; there the kernel makes no other.',
    ),
    remedy: t('Have the editor’s server started with both mapped (unshare: --map-root-user).'),
  }),
  'nested-ids': (_, t) => ({
    why: t('This process runs in a user namespace itself, as in a container, and those ids are not in it.'),
    remedy: t('Have the container started with more ids, or use a profile without ranges.'),
  }),
  'no-capability': ({ subject }, t) => ({
    why: t('This process does not have the capability {0}, which the kernel demands for it.', subject),
    remedy:
      subject === 'CAP_SETFCAP'
        ? t('Have the editor’s server started with it (docker: --cap-add SETFCAP), or as an ordinary user.')
        : t('Use a profile with a user namespace, in which you have every capability.'),
  }),
  'no-new-privs': ({ subject }, t) => ({
    why: t(
      'This process may gain no new privileges (no_new_privs), and {0} needs those of its file.',
      subject,
    ),
    remedy: t(
      'Have the editor’s server started without it (systemd: NoNewPrivileges=no; docker: without --security-opt no-new-privileges).',
    ),
  }),
} satisfies Partial<Record<CauseName, Teller>>;
