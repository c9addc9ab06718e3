import type { UserNamespace } from '../kernel/nsfs';
import type { Obstacle } from './canEnter';

/** An obstacle in the words of the log and of the errors that programs get; people get those of ui/words/joins.ts. */
export function describeObstacle(obstacle: Obstacle, pid: number): string {
  const { kind } = obstacle;
  switch (obstacle.why) {
    case 'hidden':
      return `${kind} namespace of process ${pid} of uid ${obstacle.uid}: CAP_SYS_PTRACE is missing to look at it`;
    case 'outside':
      return `${kind}:[${obstacle.id}]: its owner is a user namespace outside of this one`;
    case 'capability': {
      const { id, capability, over, withUser } = obstacle;
      const hint = withUser ? ', which joining its user namespace too would give' : '';
      return `${kind}:[${id}]: ${capability} is missing in ${describeUserNamespace(over)}${hint}`;
    }
    case 'not below':
      return `pid:[${obstacle.id}]: it is not below the PID namespace of this process`;
    case 'absent':
      return `${kind}: this kernel has no such namespaces`;
  }
}

function describeUserNamespace({ id, owner }: UserNamespace): string {
  return `user:[${id}] of uid ${owner}`;
}
