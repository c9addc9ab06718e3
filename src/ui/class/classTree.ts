import * as fs from 'node:fs';
import * as vscode from 'vscode';
import { readUserNames } from '../../inspect/userNames';
import type { ClassFolder, Reading } from '../../lessons/class/folder';
import { rosterOf, type Roster } from '../../lessons/class/roster';
import { harmless } from '../../kernel/harmless';
import type { Lesson } from '../../lessons/lesson';
import { Disposable } from '../disposable';
import { language, locale, onDidChangeLanguage, t } from '../language';
import { setting, view } from '../names';
import { classFolder } from '../settings';
import { notAbsolute, whyNotRead } from '../words/classFolder';
import { type ClassIcon, type ClassNode, classNodes, type ClassWords, summary } from './classNodes';

/** Milliseconds between two looks at the folder: a network file system tells nobody of changes. */
const interval = 10_000;

/** Thirty students who write in the same moment are one change. */
const pause = 500;

const icons: Readonly<Record<ClassIcon, vscode.ThemeIcon>> = {
  working: new vscode.ThemeIcon('person'),
  stuck: new vscode.ThemeIcon('question', new vscode.ThemeColor('list.warningForeground')),
  done: new vscode.ThemeIcon('pass-filled', new vscode.ThemeColor('testing.iconPassed')),
  away: new vscode.ThemeIcon('circle-slash', new vscode.ThemeColor('disabledForeground')),
  fault: new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground')),
  lesson: new vscode.ThemeIcon('mortar-board'),
  passed: new vscode.ThemeIcon('pass', new vscode.ThemeColor('testing.iconPassed')),
  open: new vscode.ThemeIcon('circle-large-outline'),
  skipped: new vscode.ThemeIcon('dash'),
};

/** The view of the class: who is where, and stuck since when. Reads the class folder while it is visible. */
export class ClassTree extends Disposable implements vscode.TreeDataProvider<ClassNode> {
  private readonly changed = this.register(new vscode.EventEmitter<undefined>());
  private readonly view: vscode.TreeView<ClassNode>;
  private nodes: readonly ClassNode[] = [];
  private shown = '';
  private reader: ClassFolder | undefined;
  private following: vscode.Disposable | undefined;
  private reading: Promise<void> | undefined;
  private soon: NodeJS.Timeout | undefined;

  readonly onDidChangeTreeData = this.changed.event;

  constructor(
    private readonly lessons: () => Promise<readonly Lesson[]>,
    private readonly onError: (error: unknown) => void,
  ) {
    super();
    this.view = this.register(
      vscode.window.createTreeView(view.class, { treeDataProvider: this, showCollapseAll: true }),
    );
    this.view.title = t('Class');
    this.register(this.view.onDidChangeVisibility(() => this.follow()));
    this.register(
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration(setting.classFolder)) this.follow();
      }),
    );
    this.register(
      onDidChangeLanguage(() => {
        this.view.title = t('Class');
        this.refresh();
      }),
    );
    this.register({ dispose: () => this.leave() });
    this.follow();
  }

  getChildren(node?: ClassNode): readonly ClassNode[] & ClassNode[] {
    return [...(node ? node.children : this.nodes)];
  }

  getTreeItem(node: ClassNode): vscode.TreeItem {
    const { None, Collapsed } = vscode.TreeItemCollapsibleState;
    const item = new vscode.TreeItem(node.label, node.children.length > 0 ? Collapsed : None);
    item.id = node.key;
    item.description = node.description;
    item.tooltip = node.tooltip;
    item.iconPath = icons[node.icon];
    item.accessibilityInformation = { label: [node.label, node.description].filter(Boolean).join(', ') };
    return item;
  }

  /** What the folder says now, for the export; the errno's name if it cannot be read. */
  async roster(): Promise<{ roster: Roster; words: ClassWords } | { failed: string }> {
    const reading = await this.read();
    if ('failed' in reading) return reading;
    return { roster: rosterOf(reading.files, Date.now()), words: await this.words() };
  }

  private follow(): void {
    this.leave();
    if (!this.view.visible || classFolder() === '') return;
    const timer = setInterval(() => this.refresh(), interval);
    const watcher = watch(classFolder(), () => {
      this.soon ??= setTimeout(() => {
        this.soon = undefined;
        this.refresh();
      }, pause);
    });
    this.following = new vscode.Disposable(() => {
      clearInterval(timer);
      clearTimeout(this.soon);
      this.soon = undefined;
      watcher?.close();
    });
    this.refresh();
  }

  private leave(): void {
    this.following?.dispose();
    this.following = undefined;
  }

  /** One reading at a time: what comes while it lasts is in the next one. */
  private refresh(): void {
    this.reading ??= this.show()
      .catch(this.onError)
      .finally(() => {
        this.reading = undefined;
      });
  }

  private async show(): Promise<void> {
    const reading = await this.read();
    if (!this.following) return;
    const roster = rosterOf('files' in reading ? reading.files : [], Date.now());
    this.nodes = classNodes(roster, await this.words());
    // undefined takes the message away, which the typings do not say.
    (this.view as { message: string | undefined }).message = messageOf(reading);
    this.view.description = roster.students.length > 0 ? summary(roster, t) : '';
    const now = JSON.stringify(this.nodes);
    if (now === this.shown) return;
    this.shown = now;
    this.changed.fire(undefined);
  }

  /** What reads the files is loaded by the first one who has a class. */
  private async read(): Promise<Reading> {
    const folder = classFolder();
    if (!folder.startsWith('/')) return { failed: notAbsolute };
    const { ClassFolder } = await import('../../lessons/class/folder');
    if (this.reader?.path !== folder) this.reader = new ClassFolder(folder);
    return this.reader.read();
  }

  private async words(): Promise<ClassWords> {
    const lessons = await this.lessons();
    const logins = readUserNames();
    return {
      t,
      title: (slug) =>
        lessons.find(({ id }) => `anton/${id}` === slug)?.texts[language()].title ??
        slug.replace(/^anton\//, ''),
      login: (uid) => harmless(logins.get(uid) ?? String(uid)),
      moment,
    };
  }
}

function messageOf(reading: Reading): string | undefined {
  const folder = harmless(classFolder());
  if ('failed' in reading) return whyNotRead(reading.failed, folder, t);
  if (reading.isCut) return t('The class folder has more files than are read here. Empty it.');
  if (reading.isUnprotected)
    return t('Students can remove each other’s results here. Protect them: chmod +t {0}', folder);
  return undefined;
}

/** Of today the time, of other days the date as well. */
function moment(time: number): string {
  const isToday = new Date(time).toDateString() === new Date().toDateString();
  const format = isToday
    ? ({ timeStyle: 'short' } as const)
    : ({ timeStyle: 'short', dateStyle: 'short' } as const);
  return new Intl.DateTimeFormat(locale(), format).format(time);
}

/** undefined where it cannot be watched; it is looked at from time to time all the same. */
function watch(folder: string, onChange: () => void): fs.FSWatcher | undefined {
  try {
    const watcher = fs.watch(folder, { persistent: false }, onChange);
    return watcher.on('error', () => watcher.close());
  } catch {
    return undefined;
  }
}
