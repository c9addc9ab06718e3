import { harmless } from '../../kernel/harmless';
import type { Cause } from '../../runtime/causes';
import type { Machine } from '../../runtime/machine';
import type { Translate } from '../translate';

/** Why something does not work, and what to do, in a sentence or two each. */
export interface CauseWords {
  readonly why: string;
  readonly remedy: string;
}

/** The words for every cause, for refused starts and for the document of Check This Machine. */
export function causeWords(cause: Cause, machine: Machine, t: Translate): CauseWords {
  const subject = harmless(cause.subject ?? '');
  switch (cause.cause) {
    case 'not-linux':
      return {
        why: t('Namespaces are a part of the Linux kernel, and this extension host runs on {0}.', subject),
        remedy: t('Open a folder on Linux: with Remote - SSH, WSL, or a dev container.'),
      };
    case 'wsl1':
      return {
        why: t('This is WSL 1, which has no Linux kernel and no namespaces.'),
        remedy: t('Convert the distribution to WSL 2: wsl --set-version <distribution> 2.'),
      };
    case 'old-kernel':
      return {
        why: t('This kernel is too old: {0} came with Linux {1}.', subject, cause.since ?? ''),
        remedy: t('Use a newer kernel; here it is {0}.', machine.kernel),
      };
    case 'kernel-without':
      return {
        why: t('This kernel was built without such namespaces, or is too old (Anton needs Linux 5.3).'),
        remedy: t('Use a newer kernel; on WSL, WSL 2.'),
      };
    case 'userns-clone-off':
      return {
        why: t('User namespaces are switched off for ordinary users: kernel.unprivileged_userns_clone is 0.'),
        remedy: t('Ask the administrator for: sysctl kernel.unprivileged_userns_clone=1.'),
      };
    case 'max-user-namespaces':
      return {
        why: t('This system allows no such namespaces: {0} is 0. No disk is full.', subject),
        remedy: t('Ask the administrator to have {0} raised.', subject),
      };
    case 'nesting-limit':
      return {
        why: t('A limit on the number or the depth of namespaces is reached. No disk is full.'),
        remedy: t('Close other isolated terminals, or have user.max_user_namespaces raised.'),
      };
    case 'apparmor-userns':
      return {
        why: t(
          'AppArmor restricts user namespaces here, as on Ubuntu 23.10 and later: kernel.apparmor_restrict_unprivileged_userns is 1.',
        ),
        remedy: t(
          'Ask the administrator for an AppArmor profile that allows userns to this editor’s server, or for: sysctl kernel.apparmor_restrict_unprivileged_userns=0.',
        ),
      };
    case 'container-apparmor':
      return {
        why: t('The AppArmor profile {0} of this container forbids it.', subject),
        remedy: t('Start the container without it (docker: --security-opt apparmor=unconfined).'),
      };
    case 'container-seccomp':
      return {
        why:
          machine.container === undefined
            ? t('A seccomp filter applies to this process, as in a container, and most likely forbids it.')
            : t('This looks like a container, and its seccomp filter most likely forbids user namespaces.'),
        remedy: t(
          'Start the container with a seccomp profile that allows clone and unshare (docker: --security-opt seccomp=unconfined).',
        ),
      };
    case 'masked-proc':
      return {
        why: t(
          'Parts of this /proc are covered or read-only, as in a container; the kernel then shows no complete one.',
        ),
        remedy: t(
          'Use the profile pid, which keeps this /proc; or have the container started with an unmasked /proc (podman: --security-opt unmask=ALL).',
        ),
      };
    case 'chroot':
      return {
        why: t('This process runs in a chroot, where the kernel makes no user namespaces.'),
        remedy: t('Have it started by pivot_root, as containers are, or outside of the chroot.'),
      };
    case 'no-subordinate-ids':
      return {
        why: t('{0} grants you no further ids.', subject),
        remedy: t('Ask the administrator for subordinate ids (usermod --add-subuids, --add-subgids).'),
      };
    case 'nested-ids':
      return {
        why: t(
          'This process runs in a user namespace itself, as in a container, and those ids are not in it.',
        ),
        remedy: t('Have the container started with more ids, or use a profile without ranges.'),
      };
    case 'no-new-privs':
      return {
        why: t(
          'This process may gain no new privileges (no_new_privs), and {0} needs those of its file.',
          subject,
        ),
        remedy: t(
          'Have the editor’s server started without it (systemd: NoNewPrivileges=no; docker: without --security-opt no-new-privileges).',
        ),
      };
    case 'helper-missing':
      return {
        why: t('It needs a program that is not installed: {0}.', subject),
        remedy: t('Ask the administrator to install it.'),
      };
    case 'helper-not-privileged':
      return {
        why: t('{0} is not setuid root, and seems to have no file capabilities.', subject),
        remedy: t('Ask the administrator to install it again.'),
      };
    case 'helper-failed':
      return {
        why: t('The program that does it has failed: {0}', subject),
        remedy: t('Its message may say more to the administrator.'),
      };
    case 'no-tun':
      return {
        why: t(
          'The device /dev/net/tun is not there, or you may not open it; the programs for a network need it.',
        ),
        remedy: t('Ask the administrator for it, with mode 0666 (docker: --device /dev/net/tun).'),
      };
    case 'no-cgroup2':
      return {
        why: t(
          'Limits need cgroup v2 with the controllers cpu, memory and pids, which this system has not, or still gives to v1.',
        ),
        remedy: t('Ask the administrator to boot with systemd.unified_cgroup_hierarchy=1.'),
      };
    case 'no-delegation':
      return {
        why: t('No cgroup with these controllers is delegated to you: {0}.', subject),
        remedy: t('Ask the administrator to delegate one (systemd: Delegate=yes).'),
      };
    case 'overlay-below':
      return {
        why: t(
          'The folder is itself on an overlay, or has other mounts below it, which would show what they cover.',
        ),
        remedy: t('Use another root directory, or access read-only.'),
      };
    case 'no-library':
      return {
        why: subject,
        remedy: t('Install the Anton package made for this machine’s architecture ({0}).', process.arch),
      };
    case 'too-many-files':
      return {
        why: t('This process, or the whole system, may open no more ({0}).', subject),
        remedy: t('Close terminals or editors, reload the window, or ask for a higher limit (ulimit -n).'),
      };
    case 'too-many-processes':
      return {
        why: t('You, or the container this runs in, may start no more.'),
        remedy: t('End programs that you do not need, or ask for a higher limit (ulimit -u, pids.max).'),
      };
    case 'no-pseudoterminal':
      return {
        why: t('The system allows only so many (kernel.pty.max), or devpts is not mounted ({0}).', subject),
        remedy: t('Close terminals that you do not need, or ask for a higher kernel.pty.max.'),
      };
    case 'no-memory':
      return {
        why: t('The kernel has no memory left for it.'),
        remedy: t('Close programs or terminals, and try again.'),
      };
    case 'timed-out':
      return {
        why: t('It had not ended after {0}, and was killed.', subject),
        remedy: t('Check again when the machine is less busy.'),
      };
    case 'security-policy':
      return {
        why: t('A security policy (seccomp, AppArmor, SELinux) or a chroot forbids it to this process.'),
        remedy: t('Ask the administrator which policy applies.'),
      };
    case 'unknown':
      return {
        why: t('The cause is not known.'),
        remedy: t('The log has the details (Anton: Show Log).'),
      };
  }
}
