import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { integrationVariables } from '../../src/runtime/shellIntegration';

describe('the variables of shell integration', () => {
  let folder = '';
  before(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'anton-scripts-'));
    fs.writeFileSync(path.join(folder, 'shellIntegration-bash.sh'), '');
  });
  after(() => {
    fs.rmSync(folder, { recursive: true });
  });

  const of = (shell: string, root = '/'): Readonly<Record<string, string>> =>
    integrationVariables(shell, { scripts: folder, nonce: 'n' }, root);

  it('name the script of the shell, and hand on the nonce', () => {
    assert.deepEqual(of('/bin/bash'), {
      ANTON_INTEGRATION: path.join(folder, 'shellIntegration-bash.sh'),
      VSCODE_NONCE: 'n',
      VSCODE_STABLE: '1',
    });
  });

  it('are none for a shell without a script, and where integration is off', () => {
    assert.deepEqual(of('/bin/sh'), {});
    assert.deepEqual(of('/usr/bin/zsh'), {});
    assert.deepEqual(integrationVariables('/bin/bash', undefined, '/'), {});
  });

  it('are none in a root directory that does not have the script', () => {
    const root = fs.mkdtempSync(path.join(os.tmpdir(), 'anton-root-'));
    try {
      assert.deepEqual(of('/bin/bash', root), {});
      fs.mkdirSync(path.join(root, folder), { recursive: true });
      fs.writeFileSync(path.join(root, folder, 'shellIntegration-bash.sh'), '');
      assert.equal(of('/bin/bash', root)['VSCODE_NONCE'], 'n');
    } finally {
      fs.rmSync(root, { recursive: true });
    }
  });
});
