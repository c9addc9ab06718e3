import * as path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import * as vscode from 'vscode';
import { socketFolders } from '../host/folder';
import type { RemoteOptions, RemoteRuntime } from '../host/remoteRuntime';
import { workspaceKeys } from '../host/workspaceKeys';
import { Disposable } from './disposable';
import { contextKey, setting } from './names';
import { waitForWindow } from './settings';
import type { Terminals } from './terminals';

/** How long VS Code may take to open a terminal by itself, in milliseconds. */
const startOfWindow = 3000;

/** What the runtime's process has to know of this window. */
export function hostOptions(context: vscode.ExtensionContext): RemoteOptions {
  const { workspaceFile, workspaceFolders = [] } = vscode.workspace;
  const [workspace, ...earlier] = workspaceKeys(
    workspaceFile?.toString(),
    workspaceFolders.map(({ uri }) => uri.toString()),
  );
  return {
    folders: socketFolders(context.globalStorageUri.fsPath),
    bundle: path.join(context.extensionPath, 'dist', 'host.js'),
    scripts: path.join(context.extensionPath, 'media', 'shell'),
    workspace,
    earlier,
    wait: waitForWindow(),
    isThere: async () => {
      // Conditions are kept in the window: nothing comes back from one that is gone.
      await vscode.commands.executeCommand('setContext', contextKey.isThere, true);
      return true;
    },
  };
}

/** Brings the terminals back that this window had before it was reloaded, closed or lost. */
export class Restoring extends Disposable {
  constructor(
    private readonly runtime: RemoteRuntime,
    private readonly terminals: Terminals,
  ) {
    super();
    this.register(
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration(setting.keepTerminals)) runtime.setWait(waitForWindow());
      }),
    );
    this.register(
      terminals.event((id) => {
        if (id !== undefined) runtime.noteActive(id);
      }),
    );
  }

  async restore(): Promise<void> {
    const restored = new Set<vscode.Terminal>();
    const claimed = await this.runtime.claim();
    await removeDead(claimed.map(({ request }) => request.name));
    for (const { info, request, isActive, column } of claimed) {
      const attach = (size: vscode.TerminalDimensions | undefined): Promise<string> =>
        this.runtime.attach(info.id, size && { columns: size.columns, rows: size.rows });
      const terminal = this.terminals.restore(request, { info, attach }, column);
      restored.add(terminal);
      if (isActive) this.keepInFront(terminal, restored);
    }
  }

  /**
   * VS Code opens a terminal by itself in a panel that it finds empty, and may do so before or after this one is there.
   * The first that comes does not go in front of the one that was there.
   */
  private keepInFront(terminal: vscode.Terminal, restored: ReadonlySet<vscode.Terminal>): void {
    terminal.show(true);
    const watching = this.register(
      vscode.window.onDidOpenTerminal((opened) => {
        if (restored.has(opened) || isHidden(opened)) return;
        watching.dispose();
        terminal.show(true);
      }),
    );
    const late = setTimeout(() => {
      watching.dispose();
    }, startOfWindow);
    this.register({ dispose: () => clearTimeout(late) });
  }
}

/**
 * A crash of the extension host leaves the tabs of its terminals, behind which nothing is any more. VS Code tells an
 * extension nothing of them but the name, and that there is no process.
 */
async function removeDead(names: readonly string[]): Promise<void> {
  const named = vscode.window.terminals.filter(
    ({ name, creationOptions }) => !('pty' in creationOptions) && names.some((each) => name.startsWith(each)),
  );
  await Promise.all(
    named.map(async (terminal) => {
      const pid = await Promise.race([terminal.processId, sleep(500)]);
      if (pid === undefined || pid < 0) terminal.dispose();
    }),
  );
}

function isHidden({ creationOptions }: vscode.Terminal): boolean {
  return 'hideFromUser' in creationOptions && creationOptions.hideFromUser;
}
