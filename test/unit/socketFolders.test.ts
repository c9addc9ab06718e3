import * as assert from 'node:assert/strict';
import * as path from 'node:path';
import { socketFolders } from '../../src/host/folder';

describe('the folders where the runtime’s sockets may be', () => {
  const { TMPDIR, XDG_RUNTIME_DIR } = process.env;
  afterEach(() => {
    for (const [name, value] of Object.entries({ TMPDIR, XDG_RUNTIME_DIR }))
      if (value === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = value;
  });

  it('begin with the person’s own', () => {
    Object.assign(process.env, { XDG_RUNTIME_DIR: '/run/user/1000', TMPDIR: '/var/tmp' });
    const parents = socketFolders('/home/me/.vscode').map((folder) => path.dirname(folder));
    assert.deepEqual(parents.slice(0, 3), ['/run/user/1000', '/var/tmp', '/tmp']);
  });

  it('are absolute, whatever the environment says', () => {
    Object.assign(process.env, { XDG_RUNTIME_DIR: 'run', TMPDIR: 'tmp' });
    const folders = socketFolders('/home/me/.vscode');
    assert.ok(folders.length > 0);
    for (const folder of folders) assert.ok(path.isAbsolute(folder), folder);
  });
});
