import type { FailureData } from '../../kernel/failure';
import { harmless } from '../../kernel/harmless';
import type { Translate } from '../translate';
import type { Explanation } from './explanation';

/** The words for a scan of the machine that failed; undefined if the refusal is not about one. */
export function explainScan(failure: FailureData, t: Translate): Explanation | undefined {
  if (failure.step !== 'scan') return undefined;
  return { what: t('The machine’s namespaces could not be scanned.'), ...whyAndRemedy(failure, t) };
}

function whyAndRemedy({ code, subject = '' }: FailureData, t: Translate): Omit<Explanation, 'what'> {
  switch (code) {
    case 'EACCES':
      return {
        why: t('anton-scan may not be executed ({0}).', code),
        remedy: t('Install the extension where programs may run: not on a file system mounted noexec.'),
      };
    case 'ENOENT':
    case 'ENOEXEC':
      return {
        why: t('anton-scan is missing, or was made for another processor ({0}).', code),
        remedy: t('Install the extension anew. “Anton: Show Log” has the details.'),
      };
    case 'EMFILE':
    case 'ENFILE':
      return {
        why: t('Too many files are open ({0}).', code),
        remedy: t('Close what you do not need, and try again.'),
      };
    case 'EAGAIN':
    case 'ENOMEM':
      return {
        why: t('There are too many processes, or too little memory ({0}).', code),
        remedy: t('Close what you do not need, and try again.'),
      };
    case 'ETIMEDOUT':
      return {
        why: t('anton-scan did not answer, and was ended.'),
        remedy: t('Try again: it is started anew.'),
      };
    default:
      return {
        why: t(
          'anton-scan has ended or was refused: {0}.',
          harmless([subject, code].filter(Boolean).join(' ')),
        ),
        remedy: t('Try again: it is started anew.'),
      };
  }
}
