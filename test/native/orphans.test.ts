import * as assert from 'node:assert/strict';
import { Helper, killHelpers } from './helper';
import { exists, processesWith, read, uniqueWord } from './processes';
import { eventually, sleep, ways } from './support';

/** The process that opens terminals may die at any moment, in any way: the terminals go with it. */
describe('the death of the process that opened terminals', () => {
  afterEach(killHelpers);

  for (const signal of ['SIGKILL', 'SIGTERM', 'SIGSEGV'] as const) {
    it(`${signal}: nothing of any terminal survives`, async () => {
      const word = uniqueWord();
      const helper = new Helper('orphans', ['open', word]);
      const pids = await helper.next<number[]>();
      // A shell and two that hide, in each.
      await eventually(() => processesWith(word).length >= 3 * ways.length, 'all processes');
      await helper.end(signal);
      await eventually(
        () => processesWith(word).length === 0,
        `the end of ${processesWith(word).join(', ')}`,
      );
      for (const pid of pids) await eventually(() => !exists(pid), `the end of ${pid}`);
    });
  }

  it('terminals that are only half made end too', async () => {
    const helper = new Helper('orphans', ['half']);
    const pids = await helper.next<number[]>();
    assert.equal(pids.length, 4);
    for (const pid of pids) assert.ok(exists(pid), `${pid} waits`);
    await helper.end('SIGKILL');
    for (const pid of pids) await eventually(() => !exists(pid), `the end of ${pid}`);
  });

  it('whatever it was doing', async () => {
    for (let i = 0; i < 10; i++) {
      const word = uniqueWord();
      const helper = new Helper('orphans', ['busy', word]);
      await helper.next();
      await sleep(i * 7);
      const children = below(helper.process.pid ?? 0);
      await helper.end('SIGKILL');
      await eventually(
        () => processesWith(word).length === 0,
        `the end of ${processesWith(word).join(', ')}`,
      );
      for (const pid of children) await eventually(() => !exists(pid), `the end of ${pid}`);
    }
  });
});

/** The children of all threads of a process: guards, first processes, and what is half made. */
function below(pid: number): number[] {
  return read(`/proc/${pid}/task/${pid}/children`).split(' ').filter(Boolean).map(Number);
}
