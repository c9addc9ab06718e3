import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import * as vscode from 'vscode';
import type { AntonApi } from '../../src/api';
import { editProfile } from '../../src/ui/settings';
import { activateAnton, closeAll, until } from './support';

const profiles = {
  lab: {
    extends: 'anton',
    description: 'For the class',
    hostname: 'lab',
    env: { add: { LAB: 'yes' }, drop: ['HOME'] },
  },
  broken: { extends: 'anton', hostname: 7 },
  senseless: { extends: 'root', hostname: 'lab' },
};

describe('profiles of one’s own', () => {
  const settings = (): vscode.WorkspaceConfiguration => vscode.workspace.getConfiguration('anton');
  let api: AntonApi;
  let folder: string;

  before(async () => {
    api = await activateAnton();
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'anton-'));
    await settings().update('profiles', profiles, vscode.ConfigurationTarget.Global);
  });
  afterEach(() => closeAll(api));
  after(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await settings().update('profiles', undefined, vscode.ConfigurationTarget.Global);
    await settings().update('defaultProfile', undefined, vscode.ConfigurationTarget.Global);
    fs.rmSync(folder, { recursive: true, force: true });
  });

  it('open a terminal that is what they say', async () => {
    const file = path.join(folder, 'out');
    const script = `echo "$(hostname) $LAB \${HOME-none}" > ${file}`;
    const terminal = await api.openTerminal({ profile: 'lab', command: ['sh', '-c', script], cwd: folder });
    assert.equal(terminal.profile, 'lab');
    await terminal.waitForEnd();
    assert.equal(fs.readFileSync(file, 'utf8'), 'lab yes none\n');
  });

  it('can be the default', async () => {
    await settings().update('defaultProfile', 'lab', vscode.ConfigurationTarget.Global);
    const terminal = await api.openTerminal({ cwd: folder });
    assert.equal(terminal.profile, 'lab');
  });

  it('are refused with the reason if something in them is wrong', async () => {
    await assert.rejects(
      api.openTerminal({ profile: 'broken' }),
      /anton\.profiles\.broken\.hostname: has to be a text/,
    );
    await assert.rejects(
      api.openTerminal({ profile: 'senseless' }),
      /senseless\.hostname: needs uts in namespaces/,
    );
    await assert.rejects(
      api.openTerminal({ profile: 'nobody' }),
      /The profiles are: plain, .*all, lab, broken/,
    );
    assert.deepEqual(api.terminals(), []);
  });

  it('are edited where they stand in the settings', async () => {
    await editProfile('senseless');
    const editor = vscode.window.activeTextEditor;
    assert.match(editor?.document.uri.path ?? '', /settings\.json$/);
    assert.match(editor?.document.lineAt(editor.selection.active.line).text ?? '', /"senseless": \{/);
  });

  it('are shown with what they inherit and the steps they take', async () => {
    await vscode.commands.executeCommand('anton.showProfile', { profile: 'lab' });
    await until(
      'the document is open',
      () => vscode.window.activeTextEditor?.document.uri.scheme === 'anton-profile',
    );
    const document = vscode.window.activeTextEditor?.document;
    assert.equal(document?.languageId, 'jsonc');
    assert.match(document.getText(), /"hostname": "lab"/);
    assert.match(document.getText(), /CLONE_NEWUSER[^]*sethostname\("lab"\)[^]*execve/);
    await settings().update(
      'profiles',
      { lab: { extends: 'anton', hostname: 'other' } },
      vscode.ConfigurationTarget.Global,
    );
    await until('it follows the settings', () => document.getText().includes('sethostname("other")'));
  });
});
