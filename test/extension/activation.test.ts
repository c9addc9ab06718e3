import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as vscode from 'vscode';
import { activateAnton, closeAll } from './support';

describe('activation', () => {
  const mapsOfThis = (): string => fs.readFileSync('/proc/self/maps', 'utf8');

  it('loads native code when the first terminal is opened, and not before', async () => {
    const api = await activateAnton();
    if (api.terminals().length === 0 && !mapsOfThis().includes('libanton.so')) {
      assert.doesNotMatch(mapsOfThis(), /libanton|koffi/);
    }
    const terminal = await api.openTerminal({ profile: 'anton' });
    assert.match(mapsOfThis(), /libanton\.so/);
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
