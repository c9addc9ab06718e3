import * as vscode from 'vscode';
import type { RemoteRuntime } from '../host/remoteRuntime';
import type { TerminalId } from '../runtime/runtime';
import { Disposable } from './disposable';
import type { Terminals } from './terminals';

/**
 * Follows which terminals a person has put among the editors, so that they come back there. VS Code tells of such a tab
 * no more than what is written on it, and that is the terminal's name, and what runs in it.
 */
export class EditorColumns extends Disposable {
  private columns = new Map<TerminalId, number>();

  constructor(
    private readonly runtime: RemoteRuntime,
    terminals: Terminals,
  ) {
    super();
    const look = (): void => this.look();
    this.register(vscode.window.tabGroups.onDidChangeTabs(look));
    this.register(vscode.window.tabGroups.onDidChangeTabGroups(look));
    this.register(terminals.event(look));
  }

  private look(): void {
    const before = this.columns;
    this.columns = new Map();
    for (const { id, name } of this.runtime.list()) {
      const column = columnOf(name);
      if (column !== undefined) this.columns.set(id, column);
      if (column !== before.get(id)) this.runtime.noteColumn(id, column);
    }
  }
}

function columnOf(name: string): number | undefined {
  const stands = ({ input, label }: vscode.Tab): boolean =>
    input instanceof vscode.TabInputTerminal && (label === name || label.startsWith(`${name}: `));
  return vscode.window.tabGroups.all.find(({ tabs }) => tabs.some(stands))?.viewColumn;
}
