import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { language, t } from '../language';
import { BadRequest } from '../reporter';
import { ownFolder, workspaceFolders } from './ownLessons';

/**
 * Asks for a title and an id, and writes a lesson that works into a folder of its own. Nothing that is there is changed.
 * @returns the folder; undefined if the person cancelled.
 */
export async function makeLesson(): Promise<string | undefined> {
  if (!vscode.workspace.isTrusted)
    throw new BadRequest(t('Trust this workspace first: its lessons type commands into your terminals.'));
  const workspace = await chooseWorkspace();
  if (workspace === undefined) return undefined;
  const { folderFor, idFor, newLesson } = await import('../../lessons/template');
  const title = await vscode.window.showInputBox({
    title: t('New Lesson'),
    prompt: t('What is the lesson called?'),
    placeHolder: t('A file and its two owners'),
    validateInput: (value) => (value.trim() === '' ? t('Type a title.') : undefined),
  });
  if (title === undefined) return undefined;
  const lessons = path.join(workspace, ownFolder);
  const others = await namesIn(lessons);
  const id = await vscode.window.showInputBox({
    title: t('New Lesson'),
    prompt: t('A short name for its folder and its results'),
    value: idFor(title),
    validateInput: (value) => problemWith(value, others),
  });
  if (id === undefined) return undefined;
  const folder = path.join(lessons, folderFor(id, others));
  await write(folder, newLesson({ id, title, language: language() }));
  return folder;
}

async function chooseWorkspace(): Promise<string | undefined> {
  const folders = workspaceFolders();
  if (folders.length === 0)
    throw new BadRequest(
      t('A lesson is written into the folder “{0}” of a workspace. Open a folder first.', ownFolder),
    );
  if (folders.length === 1) return folders[0];
  return (await vscode.window.showWorkspaceFolderPick())?.uri.fsPath;
}

function problemWith(id: string, others: readonly string[]): string | undefined {
  if (!/^[a-z][a-z0-9-]*$/.test(id))
    return t('Small letters, digits and hyphens, a letter first. For example: {0}', 'whose-file');
  const other = others.find((name) => name.replace(/^\d+-/, '') === id);
  return other === undefined ? undefined : t('There is a lesson {0} already.', other);
}

async function namesIn(folder: string): Promise<readonly string[]> {
  return fs.readdir(folder).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  });
}

/** @throws if the folder is there: what somebody wrote is never written over. */
async function write(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  await fs.mkdir(path.dirname(folder), { recursive: true });
  await fs.mkdir(folder);
  for (const [name, content] of Object.entries(files))
    await fs.writeFile(path.join(folder, name), content, { flag: 'wx' });
}
