import type { InspectorSection, Lesson, Task } from '../../lessons/lesson';
import type { Block } from '../../lessons/lessonText';
import type { TaskState } from '../../lessons/progress';
import type { TerminalId } from '../../runtime/runtime';
import type { Subject } from '../inspector/subject';

/** What the side panel does for a lesson. */
export interface Pictures {
  turnTo(subject: Subject, section: InspectorSection): Promise<void>;
}

/** Milliseconds after a command in which the process that it makes is waited for. */
const patience = 4000;

/** Turns the side panel to what a command of the lesson shows: to its terminal, then to the process that it made. */
export class PictureGuide {
  private followed:
    { readonly task: Task; readonly section: InspectorSection; readonly until: number } | undefined;
  private shown: number | undefined;

  constructor(
    private readonly lesson: Lesson,
    private readonly pictures: Pictures,
  ) {}

  /** A command was typed into a terminal. */
  async ran(command: string, blocks: readonly Block[], terminal: TerminalId): Promise<void> {
    const task = taskOf(command, blocks, this.lesson);
    this.followed = undefined;
    if (task?.section === undefined) return;
    this.followed = { task, section: task.section, until: Date.now() + patience };
    this.shown = undefined;
    await this.pictures.turnTo({ type: 'terminal', id: terminal }, task.section);
  }

  /** The lesson was looked at. @param first the first processes of the lesson's terminals. */
  async looked(states: readonly TaskState[], first: readonly number[]): Promise<void> {
    const { followed } = this;
    if (!followed || Date.now() > followed.until) return;
    const pid = states.find(({ id }) => id === followed.task.id)?.verdict?.process;
    if (pid === undefined || pid === this.shown || first.includes(pid)) return;
    this.shown = pid;
    await this.pictures.turnTo({ type: 'process', pid }, followed.section);
  }
}

/** The task that a command belongs to: the next one in the text. */
export function taskOf(command: string, blocks: readonly Block[], lesson: Lesson): Task | undefined {
  const start = blocks.findIndex((block) => block.kind === 'command' && block.name === command);
  const next = blocks.slice(start).find((block) => block.kind === 'task');
  return start < 0 || next?.kind !== 'task' ? undefined : lesson.tasks.find(({ id }) => id === next.id);
}
