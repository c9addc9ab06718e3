import * as vscode from 'vscode';
import { Failure } from '../kernel/failure';
import { readMachine } from '../runtime/machine';
import { t } from './language';
import { command } from './names';
import { explain } from './words/refusals';

/** A request that cannot be understood: a wrong argument or setting. The message says what to do. */
export class BadRequest extends Error {}

/** Tells people what was refused, why, and what to do; the log has the step and the errno. */
export class Reporter {
  constructor(private readonly log: vscode.LogOutputChannel) {}

  /** For what nobody waits for. */
  readonly onError = (error: unknown): void => {
    this.log.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
  };

  readonly refused = (error: unknown): void => {
    this.show(error).then(undefined, this.onError);
  };

  /** For what goes on without the person's doing. */
  readonly warn = (text: string): void => {
    this.log.warn(text);
    void vscode.window.showWarningMessage(text);
  };

  private async show(error: unknown): Promise<void> {
    const showLog = t('Show Log');
    const openSettings = t('Open Settings');
    const checkMachine = t('Check This Machine');
    if (!(error instanceof Failure)) {
      this.onError(error);
      const text =
        error instanceof BadRequest ? error.message : t('Something in Anton went wrong: {0}', String(error));
      if ((await vscode.window.showErrorMessage(text, showLog)) === showLog) this.log.show();
      return;
    }
    const told = explain(error, readMachine(), t);
    this.log.error(
      `step ${error.step}, errno ${error.code || 'none'}, on ${JSON.stringify(error.subject ?? '')}`,
    );
    this.log.error(`${told.what} ${told.why} ${told.remedy}`);
    const choices = [
      ...(told.machine ? [checkMachine] : []),
      ...(told.setting === undefined ? [] : [openSettings]),
      showLog,
    ];
    const chosen = await vscode.window.showErrorMessage(
      `${told.what} ${told.why} ${told.remedy}`,
      ...choices,
    );
    if (chosen === showLog) this.log.show();
    if (chosen === checkMachine) await vscode.commands.executeCommand(command.checkMachine);
    if (chosen === openSettings) await openSetting(told.setting);
  }
}

/** On a remote, the setting of an executable counts only in the machine's own settings, a page of their own. */
async function openSetting(query: string | undefined): Promise<void> {
  if (vscode.env.remoteName === undefined)
    await vscode.commands.executeCommand('workbench.action.openSettings', query);
  else await vscode.commands.executeCommand('workbench.action.openRemoteSettings', { query });
}
