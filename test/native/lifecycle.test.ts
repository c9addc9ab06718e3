import * as assert from 'node:assert/strict';
import { processesWith, uniqueWord, waitForProcesses } from './processes';
import { request, TestRuntime, ways } from './support';

/** How a terminal ends, and what ends with it. */
describe('the end of a terminal', () => {
  const runtime = new TestRuntime();
  afterEach(() => runtime.closeAll());

  for (const way of ways) {
    for (const code of [0, 1, 7, 42, 126, 127, 128, 255]) {
      it(`${way}: exit code ${code} arrives`, async () => {
        const info = await runtime.openIn(way, { command: ['sh', '-c', `exit ${code}`] });
        assert.deepEqual(await runtime.end(info), { code });
      });
    }

    for (const signal of ['SIGTERM', 'SIGKILL', 'SIGSEGV', 'SIGABRT', 'SIGHUP', 'SIGUSR1'] as const) {
      it(`${way}: death by ${signal} arrives`, async () => {
        const info = await runtime.openIn(way, { command: ['sleep', 'infinity'] });
        // From outside, so that PID 1 of a PID namespace takes it: SIGKILL only, else it may ignore it.
        const sent = info.pid === info.root ? 'SIGKILL' : signal;
        process.kill(info.pid, sent);
        assert.deepEqual(await runtime.end(info), { signal: sent });
      });
    }

    it(`${way}: closing ends all that runs in it, whatever it ignores and wherever it hides`, async () => {
      const word = uniqueWord();
      const idle = 'while :; do sleep 100; done';
      const script = [
        `trap "" HUP TERM INT`,
        `sh -c '${idle}' ${word}-child &`,
        `setsid sh -c '${idle}' ${word}-session &`,
        `setsid sh -c 'setsid sh -c "${idle}" ${word}-daemon & exit'`,
        `nohup sh -c '${idle}' ${word}-nohup >/dev/null 2>&1 </dev/null &`,
        idle,
      ].join('\n');
      const info = await runtime.openIn(way, { command: ['sh', '-c', script, `${word}-first`] });
      await waitForProcesses(`${word}-daemon`, 1);
      await waitForProcesses(`${word}-nohup`, 1);
      await waitForProcesses(`${word}-session`, 1);
      assert.deepEqual(await runtime.endAll(info), { signal: 'SIGKILL' });
      assert.deepEqual(processesWith(word), []);
    });

    it(`${way}: a shell's exit ends what it left in the background`, async () => {
      const word = uniqueWord();
      const info = await runtime.openIn(way);
      await runtime.waitFor(info, /anton> $/);
      await runtime.type(info, `nohup setsid sh -c 'while :; do sleep 100; done' ${word} >/dev/null 2>&1 &`);
      await waitForProcesses(word, 1);
      runtime.write(info.id, 'exit 3\r');
      assert.deepEqual(await runtime.end(info), { code: 3 });
      // In a PID namespace orphans become children of its process 1 (pid_namespaces(7)), so they end with that one.
      if (info.joined !== undefined) await runtime.close(info.joined);
      assert.deepEqual(processesWith(word), []);
    });

    it(`${way}: all output has arrived before the end`, async () => {
      const info = await runtime.openIn(way, {
        command: ['sh', '-c', 'yes 0123456789 | head -n 20000; echo last'],
      });
      assert.deepEqual(await runtime.end(info), { code: 0 });
      assert.equal(runtime.outputOf(info), `${'0123456789\r\n'.repeat(20000)}last\r\n`);
    });

    it(`${way}: a shell gets SIGHUP when its terminal is closed, and the time to obey`, async () => {
      const info = await runtime.openIn(way, {
        command: ['sh', '-c', 'trap "exit 5" HUP; echo ready; while :; do sleep 0.01; done'],
      });
      await runtime.waitFor(info, /ready/);
      await runtime.close(info.id);
      assert.deepEqual(await runtime.end(info), { code: 5 });
    });
  }

  it('a terminal that has ended is not in the list, and takes nothing more', async () => {
    const { info } = await runtime.run('anton', ['true']);
    assert.deepEqual(runtime.list(), []);
    runtime.write(info.id, 'x');
    runtime.resize(info.id, 10, 10);
    runtime.kill(info.id);
    await runtime.close(info.id);
  });

  it('closing twice, and killing while closing, ends it once', async () => {
    let ends = 0;
    const subscription = runtime.subscribe((event) => {
      if (event.type === 'ended') ends++;
    });
    const info = await runtime.open(request('anton', { command: ['sleep', 'infinity'] }));
    const both = [runtime.close(info.id), runtime.close(info.id)];
    runtime.kill(info.id);
    await Promise.all(both);
    subscription.dispose();
    assert.equal(ends, 1);
  });
});
