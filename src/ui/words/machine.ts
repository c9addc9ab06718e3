import type { Outcome } from '../../runtime/checkMachine';
import type { RungId } from '../../runtime/rungs';
import type { Translate } from '../translate';

/** What each rung tries. */
export function rungName(id: RungId, t: Translate): string {
  switch (id) {
    case 'terminal':
      return t('An ordinary terminal');
    case 'user':
      return t('A user namespace');
    case 'map':
      return t('Its own id map: root inside, yourself outside');
    case 'pid':
      return t('A PID namespace: the shell is process 1');
    case 'mnt':
      return t('A mount namespace');
    case 'proc':
      return t('A fresh /proc');
    case 'uts':
      return t('A UTS namespace: its own hostname');
    case 'ipc':
      return t('An IPC namespace');
    case 'net':
      return t('A network namespace with lo');
    case 'cgroup':
      return t('A cgroup namespace');
    case 'time':
      return t('A time namespace');
    case 'root':
      return t('A root directory, entered by pivot_root');
    case 'overlay':
      return t('A temporary root directory: an overlay');
    case 'ranges':
      return t('Ranges of subordinate ids');
    case 'network':
      return t('The network, through slirp4netns or pasta');
    case 'limits':
      return t('Limits on memory, processes and processors, by a delegated cgroup');
  }
}

export function outcomeWord(outcome: Outcome, t: Translate): string {
  switch (outcome) {
    case 'works':
      return t('works');
    case 'refused':
      return t('refused');
    case 'missing':
      return t('missing');
    case 'not tried':
      return t('not tried');
  }
}
