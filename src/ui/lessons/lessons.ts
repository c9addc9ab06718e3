import * as fs from 'node:fs';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { type Lesson, type Need, needs } from '../../lessons/lesson';
import type { Lacks } from '../../lessons/progress';
import { Disposable } from '../disposable';
import { language, onDidChangeLanguage, t } from '../language';
import type { MachineChecker } from '../machineChecker';
import { command, view } from '../names';
import type { LessonPanel } from './lessonPanel';
import { doneOf, type LessonParts, LessonSession } from './lessonSession';

/** The view of the lessons with how far one has come, and the page of the one that is taken. */
export class Lessons extends Disposable implements vscode.TreeDataProvider<Lesson> {
  private readonly changed = this.register(new vscode.EventEmitter<undefined>());
  private lessons: Promise<readonly Lesson[]> | undefined;
  private lacks: Promise<Lacks> | undefined;
  private panel: LessonPanel | undefined;

  readonly onDidChangeTreeData = this.changed.event;

  constructor(
    private readonly extensionUri: vscode.Uri,
    private readonly parts: LessonParts,
    private readonly checker: MachineChecker,
    private readonly onError: (error: unknown) => void,
  ) {
    super();
    const tree = this.register(vscode.window.createTreeView(view.lessons, { treeDataProvider: this }));
    tree.title = t('Lessons');
    this.register({ dispose: () => this.panel?.dispose() });
    this.register(
      onDidChangeLanguage(() => {
        tree.title = t('Lessons');
        this.changed.fire(undefined);
        this.panel?.update();
      }),
    );
  }

  getChildren(lesson?: Lesson): Promise<Lesson[]> {
    return lesson ? Promise.resolve([]) : this.all().then((lessons) => [...lessons]);
  }

  getTreeItem(lesson: Lesson): vscode.TreeItem {
    const { tasks, texts, id } = lesson;
    const title = texts[language()].title;
    const done = doneOf(this.parts.memento, lesson);
    const isDone = tasks.length > 0 && done === tasks.length;
    const item = new vscode.TreeItem(title);
    item.id = id;
    item.description = isDone ? t('done') : done === 0 ? '' : `${done}/${tasks.length}`;
    item.iconPath = isDone
      ? new vscode.ThemeIcon('pass-filled', new vscode.ThemeColor('testing.iconPassed'))
      : new vscode.ThemeIcon(done > 0 ? 'circle-large-outline' : 'mortar-board');
    item.accessibilityInformation = {
      label: `${title}, ${t('{0} of {1} tasks done', done, tasks.length)}`,
    };
    item.command = { command: command.openLesson, title: title, arguments: [{ id }] };
    return item;
  }

  /** Opens a lesson's page: the one with that id, else one that is picked. */
  async open(id: unknown): Promise<void> {
    const lessons = await this.all();
    const lesson = lessons.find((each) => each.id === id) ?? (await this.pick(lessons));
    if (!lesson) return;
    const session = new LessonSession(lesson, this.parts, await this.whatLacks(lessons));
    this.panel?.dispose();
    const { LessonPanel } = await import('./lessonPanel');
    const panel = new LessonPanel(
      this.extensionUri,
      session,
      () => this.changed.fire(undefined),
      this.onError,
    );
    this.panel = panel;
    panel.onDidDispose(() => {
      if (this.panel === panel) this.panel = undefined;
    });
  }

  private async pick(lessons: readonly Lesson[]): Promise<Lesson | undefined> {
    const items = lessons.map((lesson) => ({ label: lesson.texts[language()].title, lesson }));
    const picked = await vscode.window.showQuickPick(items, {
      placeHolder: t('Which lesson?'),
    });
    return picked?.lesson;
  }

  /** All of them, read once. */
  all(): Promise<readonly Lesson[]> {
    const folder = vscode.Uri.joinPath(this.extensionUri, 'media', 'lessons').fsPath;
    this.lessons ??= this.read(folder);
    return this.lessons;
  }

  /** What reads lessons is loaded by the first one who looks at them. */
  private async read(folder: string): Promise<readonly Lesson[]> {
    const { readLessons } = await import('../../lessons/readLessons');
    return (await readLessons(folder)).flatMap((result) => {
      if ('lesson' in result) return [result.lesson];
      this.onError(new Error(`${result.folder}: ${JSON.stringify(result.problems)}`));
      return [];
    });
  }

  /** What this machine lacks, found out by doing, once. */
  private whatLacks(lessons: readonly Lesson[]): Promise<Lacks> {
    this.lacks ??= this.checker.check().then((report) => {
      const failed = new Set<string>(
        (report?.rungs ?? []).filter(({ outcome }) => outcome !== 'works').map(({ id }) => id),
      );
      const lacking = needs.filter((need) => failed.has(need));
      const all = lessons.flatMap((lesson) => [lesson, ...lesson.tasks]).flatMap(({ programs }) => programs);
      const isRoot: Need[] = this.parts.person.uid === 0 ? ['ordinary'] : [];
      return {
        needs: new Set([...lacking, ...isRoot]),
        programs: new Set(all.filter((program) => !isOnPath(program))),
      };
    });
    return this.lacks;
  }
}

function isOnPath(program: string): boolean {
  return (process.env['PATH'] ?? '').split(path.delimiter).some((folder) => {
    try {
      fs.accessSync(path.join(folder, program), fs.constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
