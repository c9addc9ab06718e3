import type { End } from '../../runtime/runtime';
import type { Translate } from '../translate';

/** How a first process ended: 'exited with 7', 'was killed by SIGKILL'. */
export function describeEnd(end: End, t: Translate): string {
  if ('code' in end) return t('exited with {0}', end.code);
  if ('signal' in end) return t('was killed by {0}', end.signal);
  return end.lost === 'taken'
    ? t('was taken over by another window of this workspace')
    : t('was ended, because the process that keeps Anton’s terminals is gone');
}
