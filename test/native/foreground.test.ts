import * as assert from 'node:assert/strict';
import { readForeground } from '../../src/kernel/foreground';
import { eventually, TestRuntime, ways } from './support';

describe('the foreground of a terminal', () => {
  const runtime = new TestRuntime();
  afterEach(() => runtime.closeAll());

  for (const way of ways) {
    it(`in ${way} is the shell, then the program that it runs, then the shell again`, async () => {
      const info = await runtime.openIn(way, { shell: '/bin/bash' });
      await runtime.waitFor(info, /anton> $/);
      assert.deepEqual(readForeground(info.pid), { group: info.pid, program: 'bash' });
      runtime.write(info.id, 'sleep 1000\r');
      const program = await eventually(
        () => [readForeground(info.pid)].find((each) => each?.program === 'sleep'),
        'sleep in the foreground',
      );
      assert.notEqual(program.group, info.pid);
      runtime.write(info.id, '\x03');
      await eventually(() => readForeground(info.pid)?.program === 'bash', 'the shell in the foreground');
    });
  }

  it('is none after the end', async () => {
    const { info } = await runtime.run('plain', ['true']);
    assert.equal(readForeground(info.pid), undefined);
  });
});
