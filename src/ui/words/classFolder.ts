import type { Translate } from '../translate';

/** The code of a class folder that is set to something that is no absolute path; no errno. */
export const notAbsolute = 'not absolute';

/** Why a student's results cannot be written, and what to do; one sentence or two. */
export function whyNotWritten(code: string, folder: string, t: Translate): string {
  switch (code) {
    case notAbsolute:
    case 'ENOTDIR':
    case 'ENOENT':
      return whyNotRead(code, folder, t);
    case 'EACCES':
      return t('You may not write in the class folder {0}. Ask your teacher for: chmod 1733 {0}', folder);
    case 'EPERM':
    case 'EISDIR':
    case 'EEXIST':
      return t(
        'In the class folder {0} something of someone else has the name of your file. Ask your teacher to remove it.',
        folder,
      );
    case 'EROFS':
      return t('The class folder {0} is on a file system that is mounted read-only.', folder);
    case 'ENOSPC':
    case 'EDQUOT':
      return t('There is no space left for the class folder {0}.', folder);
    default:
      return t('The class folder {0} cannot be written: {1}.', folder, code);
  }
}

/** Why the class folder cannot be listed, and what to do. */
export function whyNotRead(code: string, folder: string, t: Translate): string {
  switch (code) {
    case notAbsolute:
      return t('The class folder “{0}” is not an absolute path. Set one that begins with a slash.', folder);
    case 'ENOENT':
      return t('The class folder {0} does not exist. The teacher makes it: mkdir -m 1733 {0}', folder);
    case 'ENOTDIR':
      return t('The class folder {0} is not a folder. Set the path of one.', folder);
    case 'EACCES':
      return t(
        'Only the teacher may list the class folder {0}. Your own results are written there all the same.',
        folder,
      );
    default:
      return t('The class folder {0} cannot be read: {1}.', folder, code);
  }
}
