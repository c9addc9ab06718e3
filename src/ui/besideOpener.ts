import { setTimeout as sleep } from 'node:timers/promises';
import * as vscode from 'vscode';
import { terminalProfile } from './names';

/** How long VS Code may take to open a terminal of the profile, and how often is looked, in milliseconds. */
const patience = 2000;
const round = 10;

const split = 'workbench.action.terminal.split';

/**
 * Opens terminals beside others. VS Code 1.139 gives a terminal that an extension creates no place beside another, though
 * it can be asked for; what splits is VS Code's own command, with the profile that an extension contributes.
 */
export class BesideOpener {
  private waiting: vscode.TerminalProfile | undefined;

  constructor(private readonly extensionId: string) {}

  /** For the provider of the profile: what is to be opened beside another, if VS Code asks because of that. */
  take(): vscode.TerminalProfile | undefined {
    const { waiting } = this;
    this.waiting = undefined;
    return waiting;
  }

  /**
   * Opens what `options` say beside a terminal, which comes to the front for it.
   * @returns undefined if VS Code did not.
   */
  async open(
    options: vscode.ExtensionTerminalOptions,
    beside: vscode.Terminal,
  ): Promise<vscode.Terminal | undefined> {
    const find = (): vscode.Terminal | undefined =>
      vscode.window.terminals.find(
        ({ creationOptions }) => 'pty' in creationOptions && creationOptions.pty === options.pty,
      );
    this.waiting = new vscode.TerminalProfile(options);
    beside.show();
    try {
      const config = { extensionIdentifier: this.extensionId, id: terminalProfile, title: options.name };
      await vscode.commands.executeCommand(split, { config });
      // It opens it, and only then tells of it.
      for (const late = Date.now() + patience; !find() && Date.now() < late;) await sleep(round);
    } catch {
      // An older VS Code without the command, or with another one.
    }
    this.waiting = undefined;
    return find();
  }
}
