import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as vscode from 'vscode';
import { activateAnton, closeAll } from './support';

describe('activation', () => {
  it('keeps native code out of the editor’s process', async () => {
    const api = await activateAnton();
    const terminal = await api.openTerminal({ profile: 'plain', command: ['sleep', 'infinity'] });
    const status = fs.readFileSync(`/proc/${terminal.pid}/status`, 'utf8');
    const guard = /^PPid:\s+(\d+)$/m.exec(status)?.[1];
    const parent = /^PPid:\s+(\d+)$/m.exec(fs.readFileSync(`/proc/${guard}/status`, 'utf8'))?.[1];
    assert.equal(fs.readFileSync(`/proc/${parent}/comm`, 'utf8').trim(), 'anton-runtime');
    assert.match(fs.readFileSync(`/proc/${parent}/maps`, 'utf8'), /libanton\.so/);
    assert.ok((await api.namespaces()).namespaces.length > 0);
    assert.doesNotMatch(fs.readFileSync('/proc/self/maps', 'utf8'), /libanton|koffi|pty\.node/);
    terminal.kill();
    await terminal.waitForEnd();
    await closeAll(api);
  });

  it('the API tells of a terminal what the kernel tells', async () => {
    const api = await activateAnton();
    const terminal = await api.openTerminal({ profile: 'anton', command: ['sleep', 'infinity'] });
    const uid = process.geteuid?.();
    assert.deepEqual(terminal.uidMap(), [{ inside: 0, outside: uid, length: 1 }]);
    for (const [kind, id] of Object.entries(terminal.namespaces())) {
      assert.equal(fs.statSync(`/proc/${terminal.pid}/ns/${kind}`).ino, id);
    }
    terminal.kill();
    assert.deepEqual(await terminal.waitForEnd(), { signal: 'SIGKILL' });
    assert.deepEqual(terminal.namespaces(), {});
    await closeAll(api);
  });

  it('Anton is a profile of the terminal drop-down', () => {
    const manifest = vscode.extensions.getExtension('anton-runtime.anton')?.packageJSON as {
      contributes: { terminal: { profiles: { id: string }[] } };
    };
    assert.deepEqual(
      manifest.contributes.terminal.profiles.map(({ id }) => id),
      ['anton.terminal'],
    );
  });
});
