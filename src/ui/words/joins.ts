import type { FailureData } from '../../kernel/failure';
import type { Obstacle } from '../../runtime/canEnter';
import type { EntryRefused } from '../../runtime/joinTarget';
import type { Translate } from '../translate';

/** Why a namespace of a process cannot be entered, in one sentence. */
export function describeObstacle(obstacle: Obstacle, t: Translate): string {
  const { kind } = obstacle;
  switch (obstacle.why) {
    case 'hidden':
      return t(
        'The {0} namespace is hidden: the process is of uid {1}, and only CAP_SYS_PTRACE may look at it.',
        kind,
        String(obstacle.uid),
      );
    case 'outside':
      return t(
        'The {0} namespace {1} belongs to a user namespace outside of yours.',
        kind,
        String(obstacle.id),
      );
    case 'capability': {
      const { id, capability, over, withUser } = obstacle;
      const why = t(
        'For the {0} namespace {1} you need {2} in the user namespace {3}, which is owned by uid {4}.',
        ...[kind, String(id), capability, String(over.id), String(over.owner)],
      );
      return withUser ? `${why} ${t('Join its user namespace too, and you have it.')}` : why;
    }
    case 'not below':
      return t('The PID namespace {0} is not below yours: no process goes up.', String(obstacle.id));
    case 'absent':
      return t('This kernel has no {0} namespaces.', kind);
  }
}

/** Whether a refusal has reasons of its own. */
export function isEntryRefused(failure: FailureData): failure is EntryRefused {
  return 'obstacles' in failure;
}
