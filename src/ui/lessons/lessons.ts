import * as path from 'node:path';
import * as vscode from 'vscode';
import type { Lesson } from '../../lessons/lesson';
import { describeProblem } from '../../lessons/problems';
import type { LessonResult } from '../../lessons/readLessons';
import { Disposable } from '../disposable';
import { language, onDidChangeLanguage, t } from '../language';
import type { MachineChecker } from '../machineChecker';
import { BadRequest } from '../reporter';
import { LessonCompletion } from './lessonCompletion';
import { LessonDiagnostics } from './lessonDiagnostics';
import { MachineLacks } from './machineLacks';
import type { LessonPanel } from './lessonPanel';
import { type LessonParts, LessonSession } from './lessonSession';
import { LessonsTree } from './lessonsTree';
import { makeLesson } from './newLesson';
import { isLessonFile, OwnLessons } from './ownLessons';
import { lessonPanelType } from './panelType';

/** Where what was done in the workspace's lessons goes. */
export type OwnPlace = Pick<LessonParts, 'memento' | 'storage' | 'onLook'>;

/** The lessons, Anton's and those of the workspace, and the page of the one that is taken. */
export class Lessons extends Disposable {
  private readonly own: OwnLessons;
  private readonly tree: LessonsTree;
  private readonly lacks: MachineLacks;
  private lessons: Promise<readonly Lesson[]> | undefined;
  private panel: LessonPanel | undefined;

  constructor(
    private readonly extensionUri: vscode.Uri,
    private readonly parts: LessonParts,
    private readonly ownPlace: OwnPlace,
    checker: MachineChecker,
    private readonly onError: (error: unknown) => void,
  ) {
    super();
    this.lacks = new MachineLacks(checker, parts.person);
    this.own = this.register(new OwnLessons(onError));
    this.tree = this.register(
      new LessonsTree(() => this.all(), this.own, { shipped: parts.memento, own: ownPlace.memento }),
    );
    this.register(new LessonDiagnostics(this.own, onError));
    this.register(new LessonCompletion());
    this.register({ dispose: () => this.panel?.dispose() });
    this.register(onDidChangeLanguage(() => this.panel?.update()));
    this.register(this.own.onDidChange(() => this.follow()));
    this.register(
      vscode.window.registerWebviewPanelSerializer(lessonPanelType, {
        deserializeWebviewPanel: (page, state: unknown) => this.takeUp(page, state),
      }),
    );
  }

  /** Opens a lesson's page: Anton's with that id, the workspace's in that folder, else one that is picked. */
  async open(which: { readonly id?: unknown; readonly folder?: unknown }): Promise<void> {
    const lessons = await this.all();
    const own = await this.own.read();
    const result = own.find(({ folder }) => folder === which.folder);
    if (result) return this.take(valid(result), true, vscode.ViewColumn.Active);
    const lesson = lessons.find((each) => each.id === which.id);
    if (lesson) return this.take(lesson, false, vscode.ViewColumn.Active);
    const mine = own.flatMap((each) => ('lesson' in each ? [each.lesson] : []));
    const picked = await pick([...lessons, ...mine]);
    if (picked) await this.take(picked, mine.includes(picked), vscode.ViewColumn.Active);
  }

  /** Shows the lesson of a file beside it, or one that is picked; it follows what is written. */
  async preview(argument: unknown): Promise<void> {
    const uri = argument instanceof vscode.Uri ? argument : vscode.window.activeTextEditor?.document.uri;
    const own = await this.own.read();
    if (uri && isLessonFile(uri)) {
      const result = own.find(({ folder }) => folder === path.dirname(uri.fsPath));
      if (!result)
        throw new BadRequest(t('Trust this workspace first: its lessons type commands into your terminals.'));
      return this.take(valid(result), true, vscode.ViewColumn.Beside);
    }
    if (own.length === 0)
      throw new BadRequest(t('This workspace has no lessons. “Anton: New Lesson...” makes one.'));
    const picked = await pick(own.flatMap((each) => ('lesson' in each ? [each.lesson] : [])));
    if (picked) await this.take(picked, true, vscode.ViewColumn.Beside);
  }

  /** Makes a lesson in the workspace, and opens it to be written. */
  async make(): Promise<void> {
    const folder = await makeLesson();
    if (folder === undefined) return;
    const file = vscode.Uri.file(path.join(folder, 'lesson.yaml'));
    await vscode.window.showTextDocument(file, { preview: false });
    await this.preview(file);
  }

  private async take(
    lesson: Lesson,
    isOwn: boolean,
    place: vscode.ViewColumn | vscode.WebviewPanel,
  ): Promise<void> {
    const parts = isOwn ? { ...this.parts, ...this.ownPlace } : this.parts;
    const session = new LessonSession(lesson, parts, await this.lacks.of(lesson));
    this.panel?.dispose();
    const { LessonPanel } = await import('./lessonPanel');
    const panel = new LessonPanel(this.extensionUri, session, place, () => this.tree.refresh(), this.onError);
    this.panel = panel;
    panel.onDidDispose(() => {
      if (this.panel === panel) this.panel = undefined;
    });
  }

  /** A page that was there before the window was reloaded. */
  private async takeUp(page: vscode.WebviewPanel, state: unknown): Promise<void> {
    const { lesson: id } = (state ?? {}) as { readonly lesson?: unknown };
    const mine = (await this.own.read()).flatMap((each) => ('lesson' in each ? [each.lesson] : []));
    const lesson = [...(await this.all()), ...mine].find((each) => each.id === id);
    if (lesson) await this.take(lesson, mine.includes(lesson), page);
    else page.dispose();
  }

  /** The page shows the lesson as it is now; while something is wrong with it, as it was before. */
  private follow(): void {
    const { panel } = this;
    const result = this.own.current().find(({ folder }) => folder === panel?.session.lesson.folder);
    if (!panel || !result) return;
    if ('lesson' in result) panel.session.renew(result.lesson);
    panel.warn('lesson' in result ? '' : whatIsWrong(result));
  }

  /** All of Anton's own, read once. */
  all(): Promise<readonly Lesson[]> {
    this.lessons ??= this.read(vscode.Uri.joinPath(this.extensionUri, 'media', 'lessons').fsPath);
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
}

async function pick(lessons: readonly Lesson[]): Promise<Lesson | undefined> {
  const items = lessons.map((lesson) => ({ label: lesson.texts[language()].title, lesson }));
  const picked = await vscode.window.showQuickPick(items, { placeHolder: t('Which lesson?') });
  return picked?.lesson;
}

/** @throws BadRequest that says what has to be corrected. */
function valid(result: LessonResult): Lesson {
  if ('lesson' in result) return result.lesson;
  throw new BadRequest(whatIsWrong(result));
}

function whatIsWrong({ problems }: Extract<LessonResult, { problems: unknown }>): string {
  const [first] = problems;
  if (!first) return '';
  return describeProblem({ ...first, file: path.basename(first.file) }, t);
}
