import * as vscode from 'vscode';
import { Disposable } from '../disposable';
import { taskType } from '../names';
import { firstFolder, profileNamed } from '../opener';
import { refusalText } from '../refusalText';
import { BadRequest } from '../reporter';
import { defaultProfileName } from '../settings';
import type { Terminals } from '../terminals';
import { readTask } from './taskDefinition';
import { RefusedTask } from './taskTerminal';

/** Runs tasks of the type `anton` in namespaces of their own, as tasks.json has them. */
export class Tasks extends Disposable implements vscode.TaskProvider {
  constructor(
    private readonly terminals: Terminals,
    private readonly onError: (error: unknown) => void,
  ) {
    super();
    this.register(vscode.tasks.registerTaskProvider(taskType, this));
  }

  /** None are found by themselves: what is to run isolated, a person says. */
  provideTasks(): vscode.Task[] {
    return [];
  }

  resolveTask({ definition, scope, name }: vscode.Task): vscode.Task {
    const folder = folderOf(scope);
    return new vscode.Task(
      definition,
      scope ?? vscode.TaskScope.Workspace,
      name,
      'anton',
      new vscode.CustomExecution((resolved) => this.terminal(resolved, folder)),
    );
  }

  private async terminal(definition: vscode.TaskDefinition, folder: string): Promise<vscode.Pseudoterminal> {
    try {
      const { command, profile, cwd } = readTask(definition, folder);
      const found = await profileNamed(profile ?? defaultProfileName());
      const terminal = this.terminals.task({ profile: found, command, cwd });
      terminal.opened.catch(this.onError);
      return terminal;
    } catch (error) {
      if (!(error instanceof BadRequest)) this.onError(error);
      return new RefusedTask(refusalText(error));
    }
  }
}

function folderOf(scope: vscode.Task['scope']): string {
  return typeof scope === 'object' && scope.uri.scheme === 'file' ? scope.uri.fsPath : firstFolder();
}
