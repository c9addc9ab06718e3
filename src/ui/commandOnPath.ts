import * as vscode from 'vscode';
import { nativeFolder } from '../kernel/native';
import { onDidChangeLanguage, t } from './language';

/** The folder of the command `anton`, behind all others in PATH: it hides no program of the person's. */
export function withCommand(searchPath: string | undefined): string {
  if (searchPath?.split(':').includes(nativeFolder())) return searchPath;
  return [searchPath, nativeFolder()].filter(Boolean).join(':');
}

/** Puts the command `anton` on PATH in VS Code's own terminals. */
export function putCommandOnPath(variables: vscode.GlobalEnvironmentVariableCollection): vscode.Disposable {
  const describe = (): void => {
    variables.description = t('The command `anton` runs a program in namespaces of its own.');
  };
  describe();
  variables.append('PATH', `:${nativeFolder()}`);
  return onDidChangeLanguage(describe);
}
