import type { Lesson } from '../../lessons/lesson';
import type { TaskState } from '../../lessons/progress';
import type { Translate } from '../translate';
import { taskOf } from './pictureGuide';
import type { Recorded } from './protocol';

/** What a page shows of a lesson's recording: only what cannot be done here, and said to be from elsewhere. */
export class RecordedParts {
  private readonly beyond: ReadonlySet<string>;

  constructor(
    private readonly lesson: Lesson,
    states: readonly TaskState[],
    private readonly t: Translate,
  ) {
    this.beyond = beyondThisMachine(states);
  }

  ofCommand(name: string): Recorded | undefined {
    // What stands behind the last task belongs to it.
    const task = taskOf(name, this.lesson.texts.en.blocks, this.lesson) ?? this.lesson.tasks.at(-1);
    return this.shown(task?.id, this.lesson.recording?.commands[name]);
  }

  ofTask(id: string): Recorded | undefined {
    return this.shown(id, this.lesson.recording?.tasks[id]);
  }

  private shown(task: string | undefined, text: string | undefined): Recorded | undefined {
    const { recording } = this.lesson;
    if (!recording || text === undefined || task === undefined || !this.beyond.has(task)) return undefined;
    const { made, kernel, user } = recording;
    return {
      text,
      caption: this.t('Recording from another machine (Linux {0}, {1}, by {2})', kernel, made, user),
    };
  }
}

/** The tasks for which the machine lacks something, and those that come only after one of them. */
function beyondThisMachine(states: readonly TaskState[]): ReadonlySet<string> {
  const beyond = new Set<string>();
  for (const { id, skipped } of states) {
    if (skipped?.why === 'needs' || (skipped?.why === 'after' && beyond.has(skipped.task))) beyond.add(id);
  }
  return beyond;
}
