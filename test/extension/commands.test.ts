import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { command } from '../../src/ui/names';
import type { AntonApi } from '../../src/api';
import { activateAnton, closeAll, opened, shownTerminals, until } from './support';

describe('commands', () => {
  let api: AntonApi;
  let folder: string;

  before(async () => {
    api = await activateAnton();
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'anton-'));
  });
  afterEach(() => closeAll(api));
  after(() => {
    fs.rmSync(folder, { recursive: true, force: true });
  });

  const run = (command: string, argument?: unknown): Thenable<unknown> =>
    vscode.commands.executeCommand(`anton.${command}`, argument);

  /** What the terminal's shell wrote into a file: extensions cannot read a terminal's screen. */
  const wrote = async (terminal: { sendText(text: string): void }, line: string): Promise<string> => {
    const file = path.join(folder, `out-${Math.random().toString(36).slice(2)}`);
    terminal.sendText(`${line} > ${file}.part; mv ${file}.part ${file}\r`);
    await until(`${line} has written`, () => fs.existsSync(file));
    return fs.readFileSync(file, 'utf8').trim();
  };

  it('all of them are there', async () => {
    const known = await vscode.commands.getCommands(true);
    for (const name of Object.values(command)) assert.ok(known.includes(name), name);
  });

  it('New Terminal opens the default profile, whose shell is process 1', async () => {
    const terminal = await opened(api, () => run('newTerminal', { cwd: folder }));
    assert.equal(terminal.profile, 'anton');
    assert.equal(vscode.window.activeTerminal?.name, 'Anton 1');
    assert.equal(await wrote(terminal, 'echo $$'), '1');
    assert.equal(await wrote(terminal, 'pwd'), folder);
    assert.equal(await wrote(terminal, 'hostname'), 'anton');
  });

  for (const profile of ['plain', 'user', 'root', 'pid', 'anton']) {
    it(`New Terminal takes the profile ${profile} as an argument and asks nothing`, async () => {
      const terminal = await opened(api, () => run('newTerminal', { profile, cwd: folder }));
      assert.equal(terminal.profile, profile);
      const uid = await wrote(terminal, 'id -u');
      const own = String(process.geteuid?.());
      assert.equal(uid, profile === 'plain' ? own : profile === 'user' ? '65534' : '0');
    });
  }

  it('Open in Isolated Terminal begins in the folder, or in that of the file', async () => {
    const below = path.join(folder, 'below');
    fs.mkdirSync(below);
    fs.writeFileSync(path.join(below, 'file'), '');
    for (const target of [below, path.join(below, 'file')]) {
      const terminal = await opened(api, () => run('newTerminalHere', vscode.Uri.file(target)));
      assert.equal(await wrote(terminal, 'pwd'), below);
    }
  });

  it('Run Command runs a program without a shell, and its terminal stays at the end', async () => {
    const file = path.join(folder, 'ran');
    const terminal = await opened(api, () =>
      run('runCommand', {
        profile: 'anton',
        command: ['sh', '-c', 'sleep 0.2; echo "$1" > "$2"; exit 7', 'sh', '$HOME *', file],
        cwd: folder,
      }),
    );
    assert.deepEqual(await terminal.waitForEnd(), { code: 7 });
    assert.equal(fs.readFileSync(file, 'utf8'), '$HOME *\n');
    assert.equal(shownTerminals().length, 1);
  });

  it('Join opens a shell in the namespaces of a running terminal', async () => {
    const first = await opened(api, () => run('newTerminal', { cwd: folder }));
    const second = await opened(api, () => run('joinTerminal', { id: first.id }));
    assert.equal(second.joined, first.id);
    assert.deepEqual(second.namespaces(), first.namespaces());
    assert.notEqual(await wrote(second, 'echo $$'), '1');
  });

  it('Kill ends everything in a terminal and closes it', async () => {
    const terminal = await opened(api, () => run('newTerminal', { cwd: folder }));
    await run('killTerminal', { id: terminal.id });
    assert.deepEqual(await terminal.waitForEnd(), { signal: 'SIGKILL' });
    await until('its tab is closed', () => shownTerminals().length === 0);
    assert.ok(!fs.existsSync(`/proc/${terminal.pid}`));
  });

  it('the name of a terminal that was closed is free again', async () => {
    for (let i = 0; i < 3; i++) {
      const terminal = await opened(api, () => vscode.commands.executeCommand('anton.newTerminal', {}));
      assert.equal(terminal.name, 'Anton 1');
      await closeAll(api);
    }
  });

  it('closing a terminal ends what ignores SIGHUP', async () => {
    const terminal = await opened(api, () =>
      run('runCommand', {
        profile: 'plain',
        command: ['sh', '-c', 'trap "" HUP; sleep 1000 & wait'],
        cwd: folder,
      }),
    );
    vscode.window.activeTerminal?.dispose();
    await terminal.waitForEnd();
    assert.ok(!fs.existsSync(`/proc/${terminal.pid}`));
  });

  it('a shell that exits with 0 closes its terminal; another status stays to be read', async () => {
    const good = await opened(api, () => run('newTerminal', { cwd: folder }));
    good.sendText('exit\r');
    await until('its tab is closed', () => shownTerminals().length === 0);
    const bad = await opened(api, () => run('newTerminal', { cwd: folder }));
    bad.sendText('exit 7\r');
    await until('it has ended', () => api.terminals().length === 0);
    assert.equal(shownTerminals().length, 1);
  });

  it('wrong arguments open nothing', async () => {
    for (const argument of [
      { profile: 'nonsense' },
      { cwd: 'relative' },
      { cwd: 7 },
      { profile: ['anton'] },
    ]) {
      void run('newTerminal', argument);
    }
    void run('runCommand', { command: 'not a list' });
    void run('runCommand', { command: [] });
    await new Promise((resolve) => setTimeout(resolve, 300));
    assert.equal(shownTerminals().length, 0);
  });

  it('a refusal leaves no terminal behind', async () => {
    await assert.rejects(api.openTerminal({ command: ['/no/such/program'] }), {
      step: 'find_program',
      code: 'ENOENT',
    });
    await assert.rejects(api.openTerminal({ cwd: '/no/such/folder' }), { step: 'chdir', code: 'ENOENT' });
    await until('no terminal is left', () => shownTerminals().length === 0);
    assert.deepEqual(api.terminals(), []);
  });
});
