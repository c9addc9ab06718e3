import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import * as vscode from 'vscode';
import type { AntonApi } from '../../src/api';
import { activateAnton, closeAll, until } from './support';

/** What VS Code gives to its own terminals reaches Anton's as well. */
describe('the environment of a terminal', () => {
  const settings = (): vscode.WorkspaceConfiguration =>
    vscode.workspace.getConfiguration('terminal.integrated');
  let api: AntonApi;
  let folder: string;

  before(async () => {
    api = await activateAnton();
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'anton-'));
  });
  afterEach(async () => {
    await closeAll(api);
    await settings().update('env.linux', undefined, vscode.ConfigurationTarget.Global);
  });
  after(() => {
    fs.rmSync(folder, { recursive: true, force: true });
  });

  const inside = async (): Promise<Record<string, string>> => {
    const file = path.join(folder, 'env');
    const terminal = await api.openTerminal({
      command: ['sh', '-c', 'command -v anton > "$0.anton"; env -0 > "$0"', file],
      cwd: folder,
    });
    await terminal.waitForEnd();
    const entries = fs.readFileSync(file, 'utf8').split('\0');
    return Object.fromEntries(
      entries.filter(Boolean).map((entry) => {
        const at = entry.indexOf('=');
        return [entry.slice(0, at), entry.slice(at + 1)];
      }),
    );
  };

  it('has what another extension contributes to terminals', async function () {
    const git = vscode.extensions.getExtension('vscode.git');
    if (!git) this.skip();
    await git.activate();
    const env = await inside();
    assert.match(env['GIT_ASKPASS'] ?? '', /askpass/);
    assert.match(env['VSCODE_GIT_IPC_HANDLE'] ?? '', /vscode-git/);
  });

  it('has what terminal.integrated.env.linux adds, as soon as it is set', async () => {
    assert.equal((await inside())['ADDED'], undefined);
    await settings().update('env.linux', { ADDED: 'yes', PATH: '/added:${env:PATH}' }, true);
    const env = await inside();
    assert.equal(env['ADDED'], 'yes');
    assert.match(env['PATH'] ?? '', /^\/added:/);
  });

  it('has Anton’s command on PATH, once', async () => {
    const { PATH = '' } = await inside();
    const command = fs.readFileSync(path.join(folder, 'env.anton'), 'utf8').trim();
    assert.match(command, /\/native\/linux-[^/]+\/anton$/);
    assert.equal(PATH.split(':').filter((each) => each === path.dirname(command)).length, 1);
  });

  it('has nothing of how it was found, nor of the editor’s own processes', async () => {
    const names = Object.keys(await inside());
    const strange = /^(ANTON_ENVIRONMENT|VSCODE_(?!GIT_|IPC_HOOK_CLI$|PROXY_URI$)|ELECTRON_|NODE_OPTIONS$)/;
    assert.deepEqual(
      names.filter((name) => strange.test(name)),
      [],
    );
  });

  it('no terminal that was only read is left', async () => {
    await inside();
    await until('it is gone', () => !vscode.window.terminals.some(({ name }) => name === 'Anton'));
  });
});
