import { Buffer } from 'node:buffer';
import * as os from 'node:os';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { harmless } from '../../kernel/harmless';
import { t } from '../language';
import { command, setting } from '../names';
import { BadRequest } from '../reporter';
import { classFolder } from '../settings';
import { describeFault } from '../words/classFaults';
import { whyNotRead } from '../words/classFolder';
import type { ClassTree } from './classTree';

const classCommand = { exportClass: command.exportClass } as const;

export type ClassCommandName = (typeof classCommand)[keyof typeof classCommand];

export function classHandlers(tree: ClassTree): Record<ClassCommandName, () => Promise<void>> {
  return { [classCommand.exportClass]: () => exportClass(tree) };
}

/** Asks where to, and writes what the class folder says at that moment. */
async function exportClass(tree: ClassTree): Promise<void> {
  const folder = classFolder();
  if (folder === '') {
    const open = t('Open Settings');
    const text = t('There is no class folder. Set one, and each student’s Anton writes the results there.');
    if ((await vscode.window.showInformationMessage(text, open)) === open)
      await vscode.commands.executeCommand('workbench.action.openSettings', setting.classFolder);
    return;
  }
  const result = await tree.roster();
  if ('failed' in result) throw new BadRequest(whyNotRead(result.failed, harmless(folder), t));
  const { csvOf } = await import('../../lessons/class/csv');
  const text = csvOf(result.roster, {
    heads: [
      ...[t('name'), t('login'), t('uid'), t('lesson'), t('tasks done'), t('tasks')],
      ...[t('open check'), t('open since'), t('last change'), t('last seen'), t('file'), t('fault')],
    ],
    title: result.words.title,
    login: result.words.login,
    explain: (row) => describeFault(row, t),
  });
  const day = new Date().toISOString().slice(0, 10);
  const start = vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.file(os.homedir());
  const target = await vscode.window.showSaveDialog({
    defaultUri: vscode.Uri.joinPath(start, `${t('class')}-${day}.csv`),
    filters: { CSV: ['csv'] },
  });
  if (!target) return;
  await vscode.workspace.fs.writeFile(target, Buffer.from(text, 'utf8'));
  vscode.window.setStatusBarMessage(t('Saved {0}', path.basename(target.path)), 5000);
}
