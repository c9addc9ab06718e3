import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { languages } from '../../lessons/lesson';
import type { LessonResult } from '../../lessons/readLessons';
import { Disposable } from '../disposable';

/** The folder of a workspace in which lessons of one's own are, each a folder as in media/lessons. */
export const ownFolder = 'anton-lessons';

/** Milliseconds without a change after which the files are read again. */
const pause = 200;

/**
 * The lessons of the workspace, as its files and open editors have them at the moment. Nothing is read before the
 * workspace is trusted: a lesson types commands.
 */
export class OwnLessons extends Disposable {
  private readonly changed = this.register(new vscode.EventEmitter<undefined>());
  private results: readonly LessonResult[] = [];
  private timer: NodeJS.Timeout | undefined;

  /** Fires when lessons came, went or changed. */
  readonly onDidChange = this.changed.event;

  constructor(private readonly onError: (error: unknown) => void) {
    super();
    this.register({ dispose: () => clearTimeout(this.timer) });
    const watcher = this.register(vscode.workspace.createFileSystemWatcher(`**/${ownFolder}/**`));
    const soon = (): void => this.soon();
    const ofDocument = ({ uri }: vscode.TextDocument): void => {
      if (isLessonFile(uri)) this.soon();
    };
    for (const event of [watcher.onDidChange, watcher.onDidCreate, watcher.onDidDelete])
      this.register(event(soon));
    this.register(vscode.workspace.onDidChangeTextDocument(({ document }) => ofDocument(document)));
    this.register(vscode.workspace.onDidCloseTextDocument(ofDocument));
    this.register(vscode.workspace.onDidChangeWorkspaceFolders(soon));
    this.register(vscode.workspace.onDidGrantWorkspaceTrust(soon));
    this.soon();
  }

  current(): readonly LessonResult[] {
    return this.results;
  }

  /** Reads at once what was changed. */
  async read(): Promise<readonly LessonResult[]> {
    clearTimeout(this.timer);
    const results = vscode.workspace.isTrusted ? await readAll() : [];
    if (JSON.stringify(results) !== JSON.stringify(this.results)) {
      this.results = results;
      this.changed.fire(undefined);
    }
    return results;
  }

  private soon(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.read().then(undefined, this.onError);
    }, pause);
  }
}

/** A file that a lesson of the workspace is made of. */
export function isLessonFile(uri: vscode.Uri): boolean {
  const names = ['lesson.yaml', 'recording.yaml', ...languages.map((language) => `lesson.${language}.md`)];
  const parts = uri.path.split('/');
  return uri.scheme === 'file' && parts.at(-3) === ownFolder && names.includes(parts.at(-1) ?? '');
}

/** The folders of the workspace in which lessons may be. */
export function workspaceFolders(): readonly string[] {
  const folders = vscode.workspace.workspaceFolders ?? [];
  return folders.filter(({ uri }) => uri.scheme === 'file').map(({ uri }) => uri.fsPath);
}

async function readAll(): Promise<readonly LessonResult[]> {
  const results = await Promise.all(
    workspaceFolders().map(async (folder) => {
      const own = path.join(folder, ownFolder);
      if (!(await isFolder(own))) return [];
      const { readLessons } = await import('../../lessons/readLessons');
      return readLessons(own, { read: readNewest, everyLanguage: false });
    }),
  );
  return results.flat();
}

/** As an editor has it, be it saved or not; else as the disk has it. */
export async function readNewest(file: string): Promise<string | undefined> {
  const open = vscode.workspace.textDocuments.find(
    ({ uri, isClosed }) => uri.scheme === 'file' && uri.fsPath === file && !isClosed,
  );
  if (open) return open.getText();
  const { readText } = await import('../../lessons/readLessons');
  return readText(file);
}

async function isFolder(file: string): Promise<boolean> {
  return fs.stat(file).then(
    (stat) => stat.isDirectory(),
    () => false,
  );
}
