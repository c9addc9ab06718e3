import type { FailureData } from '../../kernel/failure';
import { harmless } from '../../kernel/harmless';
import type { Translate } from '../translate';
import type { Explanation } from './explanation';

/** The words for the process that keeps the terminals; undefined if the refusal is not about it. */
export function explainRuntime(failure: FailureData, t: Translate): Explanation | undefined {
  const { step, code } = failure;
  const subject = harmless(failure.subject ?? '');
  switch (step) {
    case 'runtime_folder':
      return {
        what: t('The process that keeps Anton’s terminals has no folder for its socket.'),
        why: whyNoFolder(code, subject, t),
        remedy:
          code === 'ENOSPC'
            ? t('Free some space there.')
            : t('Remove {0}, or set XDG_RUNTIME_DIR to a folder that only you can enter.', subject),
      };
    case 'start_runtime':
      return {
        what: t('The process that keeps Anton’s terminals could not be started.'),
        why: subject,
        remedy: t('Install the extension anew. “Anton: Show Log” has the details.'),
      };
    case 'runtime_lost':
      return {
        what: t('The process that keeps Anton’s terminals has ended.'),
        why: t('All terminals in it ended with it ({0}).', subject),
        remedy: t('Open a new terminal: it starts the process again.'),
      };
    case 'attach':
      return {
        what: t('The terminal has ended.'),
        why: t('It ended, or another window of this workspace has it now.'),
        remedy: t('Open a new terminal.'),
      };
    default:
      return undefined;
  }
}

function whyNoFolder(code: string, folder: string, t: Translate): string {
  if (code === 'EPERM')
    return t('{0} is somebody else’s, or open to others, who could then listen in.', folder);
  if (code === 'ELOOP') return t('{0} is a symbolic link, which could lead anywhere.', folder);
  if (code === 'ENOTDIR') return t('{0} is not a directory.', folder);
  if (code === 'ENOSPC') return t('The disk of {0} is full.', folder);
  return t('{0} cannot be made ({1}).', folder, code);
}
