import type { FaultRow } from '../../lessons/class/roster';
import { mostBytes, type FileFault } from '../../lessons/class/record';
import type { Translate } from '../translate';

/** Why a file in the class folder counts for nobody. */
export function describeFault({ fault }: Pick<FaultRow, 'fault'>, t: Translate): string {
  switch (fault.fault) {
    case 'notRegular':
      return t('{0}, not opened', kindName(fault, t));
    case 'tooBig':
      return t('too big: {0} KiB, {1} at most', Math.ceil(fault.bytes / 1024), mostBytes / 1024);
    case 'unreadable':
      return t('cannot be read: {0}', fault.code);
    case 'notJson':
      return t('broken: not JSON in UTF-8');
    case 'shape':
      return fault.place === ''
        ? t('not a result of Anton’s')
        : t('not a result of Anton’s: see {0} in it', fault.place);
    case 'newer':
      return t('written by a newer Anton (format {0})', fault.version);
    case 'owner':
      return t('says it is of uid {0}, but belongs to uid {1}', fault.says, fault.owner);
    case 'name':
      return t('should be named {0}', fault.expected);
  }
}

/** What the teacher can do about it. */
export function remedyOf(fault: FileFault, t: Translate): string {
  switch (fault.fault) {
    case 'newer':
      return t('Update Anton here.');
    case 'unreadable':
      return t('Its owner has to let you read it: chmod 644.');
    case 'owner':
      return t('Ask the owner about it: a student cannot write another one’s results. Then remove it.');
    default:
      return t('Remove it, or ask its owner. Anton writes the results of a student anew within a minute.');
  }
}

function kindName({ kind }: FileFault & { fault: 'notRegular' }, t: Translate): string {
  switch (kind) {
    case 'link':
      return t('a symbolic link');
    case 'folder':
      return t('a folder');
    case 'fifo':
      return t('a named pipe');
    case 'socket':
      return t('a socket');
    case 'device':
      return t('a device');
  }
}
