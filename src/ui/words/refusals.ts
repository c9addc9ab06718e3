import type { FailureData } from '../../kernel/failure';
import { harmless } from '../../kernel/harmless';
import type { Machine } from '../../runtime/machine';
import type { Translate } from '../translate';

/** What a person is told when a terminal cannot be made. */
export interface Explanation {
  /** What was refused, in one sentence. */
  readonly what: string;
  /** The likely cause. */
  readonly why: string;
  /** What to do now. */
  readonly remedy: string;
  /** The setting that would help, if one does. */
  readonly setting?: 'anton.shell';
}

/** The words for every refusal, in one place. Facts: user_namespaces(7), clone(2), and the machine's own switches. */
export function explain(failure: FailureData, machine: Machine, t: Translate): Explanation {
  const subject = harmless(failure.subject ?? '');
  if (failure.code === 'EMFILE' || failure.code === 'ENFILE') {
    return {
      what: t('The terminal could not be made: too many files are open ({0}).', failure.step),
      why: t('This process, or the whole system, may open no more ({0}).', failure.code),
      remedy: t('Close terminals or editors, reload the window, or ask for a higher limit (ulimit -n).'),
    };
  }
  if (failure.code === 'EAGAIN') {
    return {
      what: t('The terminal could not be made: there are too many processes ({0}).', failure.step),
      why: t('You, or the container this runs in, may start no more.'),
      remedy: t('End programs that you do not need, or ask for a higher limit (ulimit -u, pids.max).'),
    };
  }
  switch (failure.step) {
    case 'platform':
      return {
        what: t('Anton cannot open a terminal here.'),
        why: t('Namespaces are a part of the Linux kernel, and this extension host runs on {0}.', subject),
        remedy: t('Open a folder on Linux: with Remote - SSH, WSL, or a dev container.'),
      };
    case 'find_shell':
      return {
        what:
          failure.code === 'EACCES'
            ? t('The shell {0} is not executable.', subject)
            : t('The shell {0} does not exist.', subject),
        why: t('It comes from the setting anton.shell or, if that is empty, from $SHELL.'),
        remedy: t('Set anton.shell to the absolute path of a shell, for example /bin/bash.'),
        setting: 'anton.shell',
      };
    case 'find_program':
      return {
        what:
          failure.code === 'EACCES'
            ? t('The program {0} is not executable.', subject)
            : t('The program {0} was not found.', subject),
        why: t('It is neither a path to an executable file nor the name of one in a folder of PATH.'),
        remedy: t('Check its spelling, or give its path.'),
      };
    case 'execve':
      return explainExec(failure.code, subject, t);
    case 'chdir':
      return {
        what: t('The start directory {0} cannot be used.', subject),
        why:
          failure.code === 'EACCES'
            ? t('You may not enter it.')
            : failure.code === 'ENOTDIR'
              ? t('It is not a directory.')
              : t('It does not exist, or not any more.'),
        remedy: t('Open another folder, or create it again.'),
      };
    case 'open_pty':
      return {
        what: t('There is no pseudoterminal left.'),
        why: t(
          'The system allows only so many (kernel.pty.max), or devpts is not mounted ({0}).',
          failure.code,
        ),
        remedy: t('Close terminals that you do not need, or ask for a higher kernel.pty.max.'),
      };
    case 'mount_proc':
      return {
        what: t('A fresh /proc could not be mounted.'),
        why: t(
          'Parts of this /proc are covered or read-only, as in a container; the kernel then shows no complete one ({0}).',
          failure.code,
        ),
        remedy: t(
          'Use the profile pid, which keeps this /proc; or have the container started with an unmasked /proc (podman: --security-opt unmask=ALL).',
        ),
      };
    case 'join':
      return {
        what: t('The terminal to join has ended.'),
        why: t('Its namespaces went with its last process.'),
        remedy: t('Open a new terminal.'),
      };
    case 'load_library':
      return {
        what: t('Anton’s native library could not be loaded.'),
        why: subject === '' ? failure.code : subject,
        remedy: t('Install the Anton package made for this machine’s architecture ({0}).', process.arch),
      };
    case 'clone':
    case 'write_setgroups':
    case 'write_gid_map':
    case 'write_uid_map':
    case 'sethostname':
    case 'private_mounts':
      return explainNamespaces(failure, machine, t);
    default:
      return {
        what: t('The terminal could not be made.'),
        why: t('The step {0} was refused: {1}.', failure.step, failure.code === '' ? subject : failure.code),
        remedy: t('The log has the details (Anton: Show Log).'),
      };
  }
}

function explainExec(code: string, subject: string, t: Translate): Explanation {
  const why =
    code === 'ENOEXEC'
      ? t('It is neither a program of this architecture nor a script with a #! line.')
      : code === 'ENOENT'
        ? t('The file, or the interpreter that its #! line names, does not exist.')
        : code === 'E2BIG'
          ? t('Its arguments and environment are too large for the kernel.')
          : t('The kernel refused to execute it ({0}).', code);
  return {
    what: t('{0} could not be started.', subject),
    why,
    remedy: t('Choose another program, or another shell in the setting anton.shell.'),
    setting: 'anton.shell',
  };
}

function explainNamespaces(failure: FailureData, machine: Machine, t: Translate): Explanation {
  const what = t('The kernel refused to make the namespaces ({0}: {1}).', failure.step, failure.code);
  const plain = t('Until then the profile plain works, without isolation.');
  switch (failure.code) {
    case 'ENOSPC':
    case 'EUSERS':
      return {
        what,
        why:
          machine.maxUserNamespaces === 0
            ? t('This system allows no user namespaces: user.max_user_namespaces is 0. No disk is full.')
            : t('A limit on the number or the depth of namespaces is reached. No disk is full.'),
        remedy: t('Close other isolated terminals, or have user.max_user_namespaces raised. {0}', plain),
      };
    case 'ENOSYS':
    case 'EINVAL':
      return {
        what,
        why: t('This kernel was built without such namespaces, or is too old (Anton needs Linux 5.3).'),
        remedy: t('Use a newer kernel; on WSL, WSL 2. {0}', plain),
      };
    case 'ENOMEM':
      return {
        what,
        why: t('The kernel has no memory left for it.'),
        remedy: t('Close programs or terminals, and try again.'),
      };
    default:
      return { what, ...explainDenied(machine, plain, t) };
  }
}

/** EPERM and EACCES say only "no"; the machine's switches say who said it. */
function explainDenied(machine: Machine, plain: string, t: Translate): { why: string; remedy: string } {
  if (machine.unprivilegedUsernsClone === 0) {
    return {
      why: t('User namespaces are switched off for ordinary users: kernel.unprivileged_userns_clone is 0.'),
      remedy: t('Ask the administrator for: sysctl kernel.unprivileged_userns_clone=1. {0}', plain),
    };
  }
  if (machine.apparmorRestrictsUserns === 1) {
    return {
      why: t(
        'AppArmor restricts user namespaces here, as on Ubuntu 23.10 and later: kernel.apparmor_restrict_unprivileged_userns is 1.',
      ),
      remedy: t(
        'Ask the administrator for an AppArmor profile that allows userns to this editor’s server, or for: sysctl kernel.apparmor_restrict_unprivileged_userns=0. {0}',
        plain,
      ),
    };
  }
  if (machine.inContainer) {
    return {
      why: t('This looks like a container, and its seccomp filter most likely forbids user namespaces.'),
      remedy: t(
        'Start the container with a seccomp profile that allows clone and unshare (docker: --security-opt seccomp=unconfined). {0}',
        plain,
      ),
    };
  }
  return {
    why: t(
      'A security policy (seccomp, AppArmor, SELinux) or a chroot forbids user namespaces to this process.',
    ),
    remedy: t('Ask the administrator which policy applies. {0}', plain),
  };
}
