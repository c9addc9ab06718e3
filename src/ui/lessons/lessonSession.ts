import * as fs from 'node:fs';
import * as os from 'node:os';
import * as vscode from 'vscode';
import type { HostPerson } from '../../inspect/hostPerson';
import { type ProcessIdentity, readStat } from '../../kernel/processStat';
import { type Lesson, type LessonTerminal, terminals as lessonTerminals } from '../../lessons/lesson';
import { forgetTask, type Lacks, type LessonMemory, look, type TaskState } from '../../lessons/progress';
import { ProcFacts } from '../../lessons/procFacts';
import { fill, type Values, valuesFor } from '../../lessons/variables';
import type { Runtime, TerminalId, TerminalInfo } from '../../runtime/runtime';
import type { Opener } from '../opener';
import type { Terminals } from '../terminals';
import { PictureGuide, type Pictures } from './pictureGuide';

/** What a session needs of the extension. */
export interface LessonParts {
  readonly runtime: Runtime;
  readonly opener: Opener;
  readonly terminals: Terminals;
  readonly memento: vscode.Memento;
  /** Where the lessons' own folders are. */
  readonly storage: string;
  readonly person: HostPerson;
  /** Gets what was seen of a lesson, at every look. */
  readonly onLook: (lesson: Lesson, states: readonly TaskState[], values: Values) => void;
  readonly pictures: Pictures;
  readonly onError: (error: unknown) => void;
}

/** A lesson that is being taken: its terminals, and what was seen in them. Runs nothing that the student does not see. */
export class LessonSession {
  private written: Lesson;
  private filled: Values;
  private readonly folder: string;
  private guide: PictureGuide;
  private readonly open = new Map<LessonTerminal, TerminalId>();

  constructor(
    lesson: Lesson,
    private readonly parts: LessonParts,
    readonly lacks: Lacks,
  ) {
    this.guide = new PictureGuide(lesson, parts.pictures);
    this.folder = `${parts.storage}/${lesson.id}`;
    fs.mkdirSync(this.folder, { recursive: true });
    this.written = lesson;
    this.filled = this.fillIn(lesson);
  }

  get lesson(): Lesson {
    return this.written;
  }

  get values(): Values {
    return this.filled;
  }

  /** Goes on with the lesson as it is written now, in the same terminals. */
  renew(lesson: Lesson): void {
    this.written = lesson;
    this.filled = this.fillIn(lesson);
    this.guide = new PictureGuide(lesson, this.parts.pictures);
  }

  private fillIn(lesson: Lesson): Values {
    const { uid, gid, userName } = this.parts.person;
    const user = userName ?? String(uid);
    return valuesFor(user, lesson, { user, uid, gid, folder: this.folder, hostname: os.hostname() });
  }

  /** Looks at the kernel's state once, and remembers what was done. */
  look(): readonly TaskState[] {
    this.findTerminals();
    const running = [...this.open.values()].flatMap((id) => this.running(id) ?? []);
    const memory = memoryOf(this.parts.memento, this.lesson.id);
    const seen = look(this.lesson, memory, new ProcFacts(running), this.values, this.lacks);
    if (JSON.stringify(seen.memory) !== JSON.stringify(memory))
      void this.parts.memento.update(keyOf(this.lesson.id), seen.memory);
    this.parts.onLook(this.lesson, seen.tasks, this.values);
    this.guide
      .looked(
        seen.tasks,
        running.map(({ pid }) => pid),
      )
      .then(undefined, this.parts.onError);
    return seen.tasks;
  }

  /** Types a command of the lesson into its terminal, which is opened if need be. */
  async run(name: string, language: 'en' | 'sk'): Promise<void> {
    const { blocks } = this.lesson.texts[language];
    const block = blocks.find((each) => each.kind === 'command' && each.name === name);
    if (block?.kind !== 'command') return;
    const info = await this.terminal(block.terminal);
    this.parts.terminals.find(info.id)?.show(true);
    this.parts.runtime.write(info.id, `${fill(block.code, this.values).trimEnd().replace(/\n/g, '\r')}\r`);
    await this.guide.ran(name, blocks, info.id);
  }

  /** Forgets what was done, and begins with terminals and a folder that are new. */
  async reset(): Promise<void> {
    for (const id of this.open.values()) this.parts.terminals.find(id)?.dispose();
    this.open.clear();
    fs.rmSync(this.folder, { recursive: true, force: true });
    fs.mkdirSync(this.folder, { recursive: true });
    await this.parts.memento.update(keyOf(this.lesson.id), undefined);
  }

  /** Forgets that one task was done; it has to be done anew. */
  async resetTask(id: string): Promise<void> {
    if (!this.lesson.tasks.some((task) => task.id === id)) return;
    const memory = memoryOf(this.parts.memento, this.lesson.id);
    await this.parts.memento.update(keyOf(this.lesson.id), forgetTask(memory, id));
  }

  private async terminal(which: LessonTerminal): Promise<TerminalInfo> {
    this.findTerminals();
    const known = this.open.get(which);
    const running = known === undefined ? undefined : this.running(known);
    if (running) return running;
    const profile = which === 'first' ? this.lesson.profile : 'plain';
    const info = await this.parts.opener.openQuietly({ profile, cwd: this.folder }, true);
    this.open.set(which, info.id);
    await this.parts.memento.update(terminalsOf(this.lesson.id), {
      ...this.parts.memento.get<Identities>(terminalsOf(this.lesson.id)),
      [which]: { pid: info.pid, startTime: readStat(info.pid)?.startTime },
    });
    return info;
  }

  /** Takes up the terminals of a page that was closed, or of a window that came back: their PIDs are the same. */
  private findTerminals(): void {
    const known = this.parts.memento.get<Identities>(terminalsOf(this.lesson.id)) ?? {};
    for (const which of lessonTerminals) {
      const first = known[which];
      if (!first || this.open.has(which) || readStat(first.pid)?.startTime !== first.startTime) continue;
      const info = this.parts.runtime.list().find(({ pid }) => pid === first.pid);
      if (info) this.open.set(which, info.id);
    }
  }

  private running(id: TerminalId): TerminalInfo | undefined {
    return this.parts.runtime.list().find((info) => info.id === id);
  }
}

export function memoryOf(memento: vscode.Memento, lesson: string): LessonMemory {
  return memento.get<LessonMemory>(keyOf(lesson)) ?? {};
}

/** How many of a lesson's tasks were done. */
export function doneOf(memento: vscode.Memento, { id, tasks }: Lesson): number {
  const memory = memoryOf(memento, id);
  return tasks.filter((task) => memory[task.id]?.done === true).length;
}

/** The first processes of a lesson's terminals, as the host has them. */
type Identities = Readonly<Partial<Record<LessonTerminal, ProcessIdentity>>>;

function terminalsOf(lesson: string): string {
  return `anton.lesson.${lesson}.terminals`;
}

function keyOf(lesson: string): string {
  return `anton.lesson.${lesson}`;
}
