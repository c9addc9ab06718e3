import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import * as vscode from 'vscode';
import type { AntonApi } from '../../src/api';
import { activateAnton, closeAll, opened, until } from './support';

/** What other extensions get of the shell in a terminal of Anton's. */
describe('terminal.shellIntegration', () => {
  let api: AntonApi;
  let folder: string;

  before(async () => {
    api = await activateAnton();
    folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'anton-')));
    await vscode.workspace.getConfiguration('anton').update('shell', '/bin/bash', true);
  });
  afterEach(() => closeAll(api));
  after(async () => {
    await vscode.workspace.getConfiguration('anton').update('shell', undefined, true);
    fs.rmSync(folder, { recursive: true, force: true });
  });

  const openTerminal = async (): Promise<vscode.Terminal> => {
    await opened(api, () => vscode.commands.executeCommand('anton.newTerminal', { cwd: folder }));
    const terminal = vscode.window.activeTerminal;
    assert.ok(terminal);
    await until('it is there', () => terminal.shellIntegration !== undefined);
    return terminal;
  };

  it('is there, and knows the directory', async () => {
    const terminal = await openTerminal();
    await until('the directory is known', () => terminal.shellIntegration?.cwd?.fsPath === folder);
    terminal.sendText('cd /');
    await until('the directory has changed', () => terminal.shellIntegration?.cwd?.fsPath === '/');
  });

  it('runs a command, reads its output and tells its status', async () => {
    const terminal = await openTerminal();
    const ended = new Promise<vscode.TerminalShellExecutionEndEvent>((resolve) => {
      const listener = vscode.window.onDidEndTerminalShellExecution((event) => {
        listener.dispose();
        resolve(event);
      });
    });
    const execution = terminal.shellIntegration?.executeCommand('sh -c "echo $((40+2)); exit 7"');
    assert.ok(execution);
    let output = '';
    for await (const data of execution.read()) output += data;
    const event = await ended;
    assert.match(output, /42/);
    assert.equal(event.exitCode, 7);
    assert.equal(event.execution, execution);
  });

  it('a command that a person types is trusted, because it comes with the nonce', async () => {
    const terminal = await openTerminal();
    const started = new Promise<vscode.TerminalShellExecution>((resolve) => {
      const listener = vscode.window.onDidStartTerminalShellExecution((event) => {
        listener.dispose();
        resolve(event.execution);
      });
    });
    terminal.sendText('true trusted');
    const { commandLine } = await started;
    assert.equal(commandLine.value, 'true trusted');
    assert.equal(commandLine.isTrusted, true);
    assert.equal(commandLine.confidence, vscode.TerminalShellExecutionCommandLineConfidence.High);
  });
});
