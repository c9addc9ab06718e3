import type { FailureData } from '../../kernel/failure';
import { harmless } from '../../kernel/harmless';
import type { Machine } from '../../runtime/machine';
import type { Translate } from '../translate';
import type { Explanation } from './explanation';
import { whatFailed } from './whatFailed';

/** The words for a file or folder that cannot be used; undefined if the refusal is about none. */
export function explainPlace(failure: FailureData, machine: Machine, t: Translate): Explanation | undefined {
  const { step, code } = failure;
  const subject = harmless(failure.subject ?? '');
  switch (step) {
    case 'chdir':
      return {
        what: t('The start directory {0} cannot be used.', subject),
        why: whyNoFolder(code, t),
        remedy: t('Open another folder, or create it again.'),
      };
    case 'root_directory':
      return {
        what: t('The root directory {0} cannot be used.', subject),
        why: whyNoFolder(code, t),
        remedy: t('Change the profile, or create the folder.'),
      };
    case 'enter_root':
      if (code !== 'EACCES') return undefined;
      return {
        what: whatFailed(failure, t),
        why: whyNoFolder(code, t),
        remedy: t('Use another root directory, or have it made readable for you.'),
      };
    case 'bind':
      return explainBind(failure, t);
    case 'mount_scratch':
      if (code !== 'EBUSY') return undefined;
      return {
        what: whatFailed(failure, t),
        why: t(
          'The root directory and the binds of the profile lie in all of the places for it: {0}.',
          subject,
        ),
        remedy: t('Use fewer of them in the profile.'),
      };
    case 'make_mount_point':
    case 'make_device':
    case 'make_link':
      return explainMountPoint(failure, machine, t);
    default:
      return undefined;
  }
}

function whyNoFolder(code: string, t: Translate): string {
  if (code === 'EACCES') return t('You may not enter it.');
  if (code === 'ENOTDIR') return t('It is not a directory.');
  if (code === 'ELOOP') return t('Its symbolic links lead in a circle.');
  return t('It does not exist, or not any more.');
}

function explainBind(failure: FailureData, t: Translate): Explanation | undefined {
  const { code } = failure;
  const remedy = t('Change the binds of the profile, or create what is missing.');
  if (code === 'ENOTDIR')
    return {
      what: whatFailed(failure, t),
      why: t('A folder is mounted only on a folder, and a file only on a file.'),
      remedy,
    };
  if (code !== 'ENOENT' && code !== 'EACCES' && code !== 'ELOOP') return undefined;
  return { what: whatFailed(failure, t), why: whyNoFolder(code, t), remedy };
}

/** A mount needs something to lie on, which is made if it is not there: so the folder above is written to. */
function explainMountPoint(failure: FailureData, { person }: Machine, t: Translate): Explanation | undefined {
  const remedy = t('Create it beforehand, or use a root directory with the access temporary.');
  const what = whatFailed(failure, t);
  switch (failure.code) {
    case 'EROFS':
      return { what, why: t('It does not exist yet, and the file system is read-only.'), remedy };
    case 'EACCES':
    case 'EPERM':
      return {
        what,
        why: t('It does not exist yet, and uid {0} may not write to the folder.', person.uid),
        remedy,
      };
    case 'EOVERFLOW':
      return {
        what,
        why: t('It does not exist yet, and your id inside is none that the file system can write down.'),
        remedy: t('Use a profile with a map.'),
      };
    case 'ENOTDIR':
      return { what, why: t('A part of its path is a file.'), remedy: t('Change the profile.') };
    default:
      return undefined;
  }
}
