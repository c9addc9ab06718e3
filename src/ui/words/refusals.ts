import type { FailureData } from '../../kernel/failure';
import { harmless } from '../../kernel/harmless';
import { causeOf } from '../../runtime/causeOf';
import type { Machine } from '../../runtime/machine';
import type { Translate } from '../translate';
import { describeObstacle, isEntryRefused } from './joins';
import { causeWords } from './causes';

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
  /** The machine may be the cause, so that checking it may tell more. */
  readonly machine?: true;
}

/**
 * The words for every refusal. What the request is about is told here; what the machine is about has the words of its
 * cause, in words/causes.ts.
 */
export function explain(failure: FailureData, machine: Machine, t: Translate): Explanation {
  const subject = harmless(failure.subject ?? '');
  switch (failure.code === 'EMFILE' || failure.code === 'ENFILE' ? 'descriptors' : failure.step) {
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
        why: whyNoFolder(failure.code, t),
        remedy: t('Open another folder, or create it again.'),
      };
    case 'root_directory':
      return {
        what: t('The root directory {0} cannot be used.', subject),
        why: whyNoFolder(failure.code, t),
        remedy: t('Change the profile, or create the folder.'),
      };
    case 'bind':
      if (failure.code !== 'ENOENT') return explainMachine(failure, machine, t);
      return {
        what: t('{0} cannot be mounted inside.', subject),
        why: whyNoFolder(failure.code, t),
        remedy: t('Change the profile, or create it.'),
      };
    case 'join':
      return {
        what: t('The terminal to join has ended.'),
        why: t('Its namespaces went with its last process.'),
        remedy: t('Open a new terminal.'),
      };
    case 'join_process':
      return failure.code === 'EINVAL'
        ? {
            what: t('Process {0} cannot be joined.', subject),
            why: t('It is a thread of the kernel, in the first namespaces of all.'),
            remedy: t('Choose another process.'),
          }
        : {
            what: t('There is no process {0}.', subject),
            why: t('It has ended, or it is in a PID namespace that you do not see.'),
            remedy: t('Choose a process that runs.'),
          };
    case 'enter_namespaces':
      return {
        what: t('Not all of these namespaces may be entered.'),
        why: isEntryRefused(failure)
          ? failure.obstacles.map((each) => describeObstacle(each, t)).join(' ')
          : subject,
        remedy: t('Choose other kinds, or a process of your own.'),
      };
    default:
      return explainMachine(failure, machine, t);
  }
}

function whyNoFolder(code: string, t: Translate): string {
  if (code === 'EACCES') return t('You may not enter it.');
  if (code === 'ENOTDIR') return t('It is not a directory.');
  return t('It does not exist, or not any more.');
}

/** What the kernel, a limit or a policy refused. */
function explainMachine(failure: FailureData, machine: Machine, t: Translate): Explanation {
  const cause = causeOf(failure, machine);
  const { why, remedy } = causeWords(cause, machine, t);
  const what = whatFailed(failure, t);
  switch (cause.cause) {
    case 'unknown':
      return {
        what,
        why: t(
          'The step {0} was refused: {1}.',
          failure.step,
          failure.code || harmless(failure.subject ?? ''),
        ),
        remedy,
        machine: true,
      };
    case 'not-linux':
    case 'no-library':
    case 'too-many-files':
    case 'too-many-processes':
    case 'no-pseudoterminal':
    case 'no-memory':
      return { what, why, remedy };
    default:
      return isNamespaceStep(failure.step)
        ? {
            what,
            why,
            remedy: t('{0} Until then the profile plain works, without isolation.', remedy),
            machine: true,
          }
        : { what, why, remedy, machine: true };
  }
}

function isNamespaceStep(step: string): boolean {
  return [
    'clone',
    'write_setgroups',
    'write_gid_map',
    'write_uid_map',
    'sethostname',
    'private_mounts',
  ].includes(step);
}

function whatFailed({ step, code }: FailureData, t: Translate): string {
  if (code === 'EMFILE' || code === 'ENFILE')
    return t('The terminal could not be made: too many files are open ({0}).', step);
  if (code === 'EAGAIN')
    return t('The terminal could not be made: there are too many processes ({0}).', step);
  if (isNamespaceStep(step)) return t('The kernel refused to make the namespaces ({0}: {1}).', step, code);
  switch (step) {
    case 'platform':
      return t('Anton cannot open a terminal here.');
    case 'open_pty':
      return t('There is no pseudoterminal left.');
    case 'mount_proc':
      return t('A fresh /proc could not be mounted ({0}).', code);
    case 'load_library':
      return t('Anton’s native library could not be loaded.');
    case 'subordinate_ids':
    case 'find_newuidmap':
    case 'find_newgidmap':
    case 'newuidmap':
    case 'newgidmap':
      return t('The ranges of ids could not be mapped ({0}).', step);
    case 'user_network':
      return t('The terminal could not be connected with the network.');
    case 'limits':
      return t('The limits of the profile cannot be kept.');
    case 'mount_overlay':
      return t('The temporary root directory could not be made ({0}).', code);
    default:
      return t('The terminal could not be made.');
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
