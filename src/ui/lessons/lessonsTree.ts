import * as path from 'node:path';
import * as vscode from 'vscode';
import { harmless } from '../../kernel/harmless';
import type { Lesson } from '../../lessons/lesson';
import { describeCause, type LessonProblem } from '../../lessons/problems';
import { Disposable } from '../disposable';
import { language, onDidChangeLanguage, t } from '../language';
import { command, view } from '../names';
import { shownIn } from './lessonDiagnostics';
import { doneOf } from './lessonSession';
import { ownFolder, type OwnLessons } from './ownLessons';

/** A row of the view. */
export type LessonNode =
  | { readonly type: 'lesson'; readonly lesson: Lesson; readonly isOwn: boolean }
  | { readonly type: 'broken'; readonly folder: string; readonly problems: readonly LessonProblem[] }
  /** Above the lessons of the workspace. */
  | { readonly type: 'own' };

/** The view of the lessons, with how far one has come; those of the workspace under a heading of their own. */
export class LessonsTree extends Disposable implements vscode.TreeDataProvider<LessonNode> {
  private readonly changed = this.register(new vscode.EventEmitter<undefined>());

  readonly onDidChangeTreeData = this.changed.event;

  constructor(
    private readonly shipped: () => Promise<readonly Lesson[]>,
    private readonly own: OwnLessons,
    private readonly mementos: { readonly shipped: vscode.Memento; readonly own: vscode.Memento },
  ) {
    super();
    const tree = this.register(vscode.window.createTreeView(view.lessons, { treeDataProvider: this }));
    tree.title = t('Lessons');
    this.register(own.onDidChange(() => this.refresh()));
    this.register(
      onDidChangeLanguage(() => {
        tree.title = t('Lessons');
        this.refresh();
      }),
    );
  }

  refresh(): void {
    this.changed.fire(undefined);
  }

  async getChildren(node?: LessonNode): Promise<LessonNode[]> {
    if (node?.type === 'own') return this.own.current().map(nodeOf);
    if (node) return [];
    const shipped = await this.shipped();
    const rows = shipped.map((lesson) => ({ type: 'lesson', lesson, isOwn: false }) as const);
    return this.own.current().length === 0 ? rows : [{ type: 'own' }, ...rows];
  }

  getTreeItem(node: LessonNode): vscode.TreeItem {
    switch (node.type) {
      case 'own': {
        const item = new vscode.TreeItem(t('In This Workspace'), vscode.TreeItemCollapsibleState.Expanded);
        item.id = 'own';
        item.description = ownFolder;
        return item;
      }
      case 'broken':
        return brokenItem(node.folder, node.problems);
      case 'lesson':
        return this.lessonItem(node.lesson, node.isOwn);
    }
  }

  private lessonItem(lesson: Lesson, isOwn: boolean): vscode.TreeItem {
    const { tasks, texts, id, folder } = lesson;
    const title = harmless(texts[language()].title);
    const done = doneOf(isOwn ? this.mementos.own : this.mementos.shipped, lesson);
    const isDone = tasks.length > 0 && done === tasks.length;
    const item = new vscode.TreeItem(title);
    item.id = folder;
    item.description = isDone ? t('done') : done === 0 ? '' : `${done}/${tasks.length}`;
    item.iconPath = isDone
      ? new vscode.ThemeIcon('pass-filled', new vscode.ThemeColor('testing.iconPassed'))
      : new vscode.ThemeIcon(done > 0 ? 'circle-large-outline' : 'mortar-board');
    item.accessibilityInformation = {
      label: `${title}, ${t('{0} of {1} tasks done', done, tasks.length)}`,
    };
    item.command = { command: command.openLesson, title, arguments: [isOwn ? { folder } : { id }] };
    return item;
  }
}

function nodeOf(result: ReturnType<OwnLessons['current']>[number]): LessonNode {
  if ('lesson' in result) return { type: 'lesson', lesson: result.lesson, isOwn: true };
  return { type: 'broken', ...result };
}

/** Leads to the first thing that is wrong. */
function brokenItem(folder: string, problems: readonly LessonProblem[]): vscode.TreeItem {
  const item = new vscode.TreeItem(harmless(path.basename(folder)));
  const [first] = problems.map((problem) => shownIn(problem, folder));
  item.id = folder;
  item.iconPath = new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground'));
  item.description = t('has to be corrected');
  if (!first) return item;
  item.tooltip = describeCause(first.cause, t);
  const at = new vscode.Range(first.line - 1, 0, first.line - 1, 0);
  item.command = {
    command: 'vscode.open',
    title: t('Open'),
    arguments: [vscode.Uri.file(first.file), { selection: at }],
  };
  return item;
}
