import * as vscode from 'vscode';
import { nativeFolder } from '../kernel/native';

/** The folder of the command `anton`, behind all others in PATH: it hides no program of the person's. */
export function withCommand(searchPath: string | undefined): string {
  return [searchPath, nativeFolder()].filter(Boolean).join(':');
}

/** Puts the command `anton` on PATH in VS Code's own terminals, as the article types it. */
export function putCommandOnPath(variables: vscode.GlobalEnvironmentVariableCollection): void {
  variables.description = vscode.l10n.t('The command `anton` runs a program in namespaces of its own.');
  variables.append('PATH', `:${nativeFolder()}`);
}
