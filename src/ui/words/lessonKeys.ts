import type { Translate } from '../translate';

/** What a key of lesson.yaml means, for one who writes it; '' where its name says it. */
export function describeLessonKey(key: string, below: string, t: Translate): string {
  if (below === 'ns') return t('own: not the host’s; shared: the host’s');
  switch (key) {
    case 'profile':
      return t('the profile of the first terminal');
    case 'needs':
      return t('what the machine must be able to do');
    case 'programs':
      return t('programs that must be there');
    case 'variables':
      return t('what differs from student to student');
    case 'when':
      return t('edge: counts once done; level: counts while true');
    case 'edge':
      return t('counts once it was done');
    case 'level':
      return t('counts as long as it is true');
    case 'check':
      return t('what has to be true');
    case 'baseline':
      return t('what has to be seen before the check counts');
    case 'after':
      return t('the task that comes before');
    case 'section':
      return t('the section of the inspector that shows it');
    case 'hints':
      return t('where to look, the best first');
    case 'while':
      return t('when the hint fits');
    case 'solve':
      return t('lines that solve the task; hidden from students');
    case 'process':
      return t('a process of the lesson’s terminals');
    case 'host':
      return t('the machine outside of all namespaces');
    case 'uidMap':
    case 'gidMap':
      return t('empty, or rows of inside, outside and length');
    case 'nspid':
      return t('the PIDs that the process has');
    case 'inside':
      return t('how many processes are in its PID namespace');
    case 'depth':
      return t('how many of the lesson’s processes are above it');
    case 'other':
      return t('a second process beside it');
    default:
      return '';
  }
}
