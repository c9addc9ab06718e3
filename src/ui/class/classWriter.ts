import type * as vscode from 'vscode';
import { readText } from '../../kernel/files';
import { harmless } from '../../kernel/harmless';
import type { HostPerson } from '../../inspect/hostPerson';
import type { Student } from '../../lessons/class/record';
import type { Lesson } from '../../lessons/lesson';
import type { TaskState } from '../../lessons/progress';
import { type Check50Report, reportOf } from '../../lessons/results';
import type { Values } from '../../lessons/variables';
import { Disposable } from '../disposable';
import { t } from '../language';
import { classFolder, classStudentName } from '../settings';
import { notAbsolute, whyNotWritten } from '../words/classFolder';
import { resultWords } from './resultWords';

/** Milliseconds after which a student who does nothing still shows to be there. */
const heartbeat = 60_000;

/** The shortest time between two writes, in milliseconds, and that after a write that was refused. */
const [shortest, afterRefusal] = [1000, 10_000];

/** Where results were written, and under which name. */
interface Place {
  readonly folder: string;
  readonly student: Student;
}

/** A report of a lesson, and when it was true. */
interface Seen {
  readonly report: Check50Report;
  readonly at: Date;
}

const lastKey = 'anton.class.last';

/** Writes how far the lessons have come to the class folder, if the person set one. */
export class ClassWriter extends Disposable {
  /** What is to be written, by lesson. */
  private readonly pending = new Map<string, Seen>();
  /** What was last seen of each lesson, and when. */
  private readonly noted = new Map<string, { readonly outcome: string; readonly at: number }>();
  private timer: NodeJS.Timeout | undefined;
  private notBefore = 0;
  private isClosed = false;
  private told = '';

  constructor(
    private readonly memento: vscode.Memento,
    private readonly person: HostPerson,
    private readonly version: string,
    /** For the student: what is wrong with the folder. */
    private readonly tell: (text: string) => void,
  ) {
    super();
    this.register({
      dispose: () => {
        this.isClosed = true;
        clearTimeout(this.timer);
      },
    });
  }

  /** What was seen of a lesson; called several times a second. */
  note(lesson: Lesson, states: readonly TaskState[], values: Values): void {
    const folder = classFolder();
    if (folder === '') return;
    const results = states.map(({ id, passed, hints }) => [id, passed, hints]);
    const outcome = JSON.stringify([folder, classStudentName(), results]);
    const now = Date.now();
    const last = this.noted.get(lesson.id);
    if (last?.outcome === outcome && now - last.at < heartbeat) return;
    this.noted.set(lesson.id, { outcome, at: now });
    const report = reportOf(lesson, states, resultWords(lesson, values, t), this.version);
    this.pending.set(lesson.id, { report, at: new Date(now) });
    this.schedule();
  }

  private schedule(): void {
    const wait = Math.max(0, this.notBefore - Date.now());
    this.timer ??= setTimeout(() => void this.flush(), wait);
  }

  private async flush(): Promise<void> {
    const folder = classFolder();
    const all = [...this.pending];
    this.pending.clear();
    try {
      if (folder !== '')
        await this.write(
          folder,
          all.map(([, seen]) => seen),
        );
      this.told = '';
      this.notBefore = Date.now() + shortest;
    } catch (error) {
      for (const [lesson, seen] of all) if (!this.pending.has(lesson)) this.pending.set(lesson, seen);
      this.notBefore = Date.now() + afterRefusal;
      this.complain(folder, (error as NodeJS.ErrnoException).code ?? String(error));
    } finally {
      this.timer = undefined;
      // What was refused, and what was seen in the meantime.
      if (this.pending.size > 0 && !this.isClosed) this.schedule();
    }
  }

  private async write(folder: string, all: readonly Seen[]): Promise<void> {
    if (!folder.startsWith('/')) throw Object.assign(new Error(folder), { code: notAbsolute });
    const [{ studentOf }, { readRecord, removeRecord }, { withReport }, { writeRecord }] = await Promise.all([
      import('../../lessons/class/student'),
      import('../../lessons/class/own'),
      import('../../lessons/class/merge'),
      import('../../lessons/class/write'),
    ]);
    const student = studentOf({
      ...{ uid: this.person.uid, userName: this.person.userName, uidMap: readText('/proc/self/uid_map') },
      ...{ chosenName: classStudentName(), env: process.env },
    });
    const last = this.memento.get<Place>(lastKey);
    const renamed = last?.folder === folder && last.student.name !== student.name ? last : undefined;
    let record = await readRecord(folder, renamed?.student ?? student);
    for (const { report, at } of all) record = withReport(record, student, report, at);
    if (!record) return;
    await writeRecord(folder, record);
    // Under another name it is another file, and the old one would be another student.
    if (renamed) await removeRecord(folder, renamed.student);
    const now: Place = { folder, student };
    if (JSON.stringify(now) !== JSON.stringify(last)) await this.memento.update(lastKey, now);
  }

  /** Once, until it works again. */
  private complain(folder: string, code: string): void {
    const text = whyNotWritten(code, harmless(folder), t);
    if (text === this.told) return;
    this.told = text;
    this.tell(text);
  }
}
