import type { End } from '../../runtime/runtime';
import type { Translate } from '../translate';

/** How a first process ended: 'exited with 7', 'was killed by SIGKILL'. */
export function describeEnd(end: End, t: Translate): string {
  return 'code' in end ? t('exited with {0}', end.code) : t('was killed by {0}', end.signal);
}
