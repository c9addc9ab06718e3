import { strict as assert } from 'node:assert';
import { createRequire } from 'node:module';
import { userInfo } from 'node:os';
import * as pty from 'node-pty';

const require = createRequire(__filename);

describe('the harness', () => {
  it('tells who it is', () => {
    console.log(userInfo(), process.getgroups?.(), process.env);
  });
  it('loads koffi', () => {
    assert.ok((require('koffi') as { version: string }).version);
  });
  it('loads node-pty', async () => {
    const p = pty.spawn('/bin/sh', ['-c', 'id; unshare -Ur id'], {});
    let all = '';
    p.onData((d) => (all += d));
    await new Promise((r) => p.onExit(r));
    console.log(all);
  });
});
