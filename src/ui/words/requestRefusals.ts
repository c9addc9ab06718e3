import type { FailureData } from '../../kernel/failure';
import { harmless } from '../../kernel/harmless';
import type { Translate } from '../translate';
import type { Explanation } from './explanation';
import { describeObstacle, isEntryRefused } from './joins';

/** The words for a program, a process or a value that was asked for; undefined if the refusal is about none. */
export function explainRequest(failure: FailureData, t: Translate): Explanation | undefined {
  const { step, code } = failure;
  const subject = harmless(failure.subject ?? '');
  switch (step) {
    case 'find_shell':
      return {
        what:
          code === 'EACCES'
            ? t('The shell {0} is not executable.', subject)
            : t('The shell {0} does not exist.', subject),
        why: t('It comes from the setting anton.shell or, if that is empty, from $SHELL.'),
        remedy: t('Set anton.shell to the absolute path of a shell, for example /bin/bash.'),
        setting: 'anton.shell',
      };
    case 'find_program':
      return {
        what:
          code === 'EACCES'
            ? t('The program {0} is not executable.', subject)
            : t('The program {0} was not found.', subject),
        why: t('It is neither a path to an executable file nor the name of one in a folder of PATH.'),
        remedy: t('Check its spelling, or give its path.'),
      };
    case 'execve':
      return explainExec(code, subject, t);
    case 'join':
      return {
        what: t('The terminal to join has ended.'),
        why: t('Its namespaces went with its last process.'),
        remedy: t('Open a new terminal.'),
      };
    case 'join_process':
      return explainJoinProcess(code, subject, t);
    case 'enter_namespaces':
      return {
        what: t('Not all of these namespaces may be entered.'),
        why: isEntryRefused(failure)
          ? failure.obstacles.map((each) => describeObstacle(each, t)).join(' ')
          : subject,
        remedy: t('Choose other kinds, or a process of your own.'),
      };
    default:
      return explainValue(failure, t);
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

function explainJoinProcess(code: string, pid: string, t: Translate): Explanation {
  if (code === 'EINVAL')
    return {
      what: t('Process {0} cannot be joined.', pid),
      why: t('It is a thread of the kernel, in the first namespaces of all.'),
      remedy: t('Choose another process.'),
    };
  return {
    what: t('There is no process {0}.', pid),
    why: t('It has ended, or it is in a PID namespace that you do not see.'),
    remedy: t('Choose a process that runs.'),
  };
}

/** Values of a profile that the kernel takes for wrong. */
function explainValue({ step, code }: FailureData, t: Translate): Explanation | undefined {
  if (step === 'write_timens_offsets' && code === 'ERANGE')
    return {
      what: t('The clocks could not be moved ({0}).', code),
      why: t('An offset would set a clock before zero, or beyond what the kernel counts.'),
      remedy: t('Change timeOffsets in the profile: a clock can go back no further than it has run.'),
    };
  if (/^write_([ug]id_map|id_maps)$/.test(step) && (code === 'EINVAL' || code === ''))
    return {
      what: t('The id maps could not be written ({0}: {1}).', step, code),
      why: t('The kernel takes no map with rows that overlap, are empty, or reach beyond the largest id.'),
      remedy: t('Change the map of the profile.'),
    };
  if (step === 'setids' && code === 'EINVAL')
    return {
      what: t('The ids of the profile’s map could not be taken ({0}).', code),
      why: t('The first id of the map is not one that this kernel has inside.'),
      remedy: t('Change the map of the profile.'),
    };
  return undefined;
}
