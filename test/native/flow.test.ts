import * as assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { OutputFence, outputWindow } from '../../src/ui/flow/outputFence';
import { answersTo, withoutFences } from '../unit/screen';
import { request, sleep, TestRuntime } from './support';

/** ANTON_STREAM=1024 makes it a gigabyte. */
const megabytes = Number(process.env['ANTON_STREAM'] ?? 32);
const line = 'All of it, in order: \u00e9\u{1f469} \x1b[31mred\x1b[0m 0123456789\n';

/** At most so many characters are read from a pty at once, and so many come after the window is full. */
const read = 64 * 1024;

/** A terminal that parses in its own time, and answers as VS Code's does. */
describe('a flood of output', () => {
  const runtime = new TestRuntime();
  afterEach(() => runtime.closeAll());

  it('arrives whole and in order at a terminal that is slower, and little of it waits there', async function () {
    this.timeout(60_000 + megabytes * 1000);
    const count = Math.ceil((megabytes * 1024 * 1024) / Buffer.byteLength(line));
    const hash = createHash('sha256');
    const expected = createHash('sha256');
    for (let i = 0; i < count; i++) expected.update(line);
    expected.update('END');
    let waiting = '';
    let longest = 0;
    const script = `stty -opost -echo; echo; read go; yes "$1" | head -n ${count}; printf END; read end`;
    const command = ['sh', '-c', script, 'sh', line.trimEnd()];
    const info = await runtime.open(request('anton', { command, window: outputWindow }));
    const fence = new OutputFence({
      show: (data) => {
        waiting += data;
        longest = Math.max(longest, waiting.length);
      },
      type: (data) => runtime.write(info.id, data),
      acknowledge: (acknowledged) => runtime.acknowledge(info.id, acknowledged),
    });
    await runtime.waitFor(info, /^\n$/);
    const subscription = runtime.subscribe((event) => {
      if (event.type === 'data' && event.id === info.id) fence.output(event.data);
    });
    runtime.forget(info);
    runtime.write(info.id, '\r');
    // A terminal that does not parse at all: the window is full then, and the program waits.
    await standstill(() => waiting.length);
    runtime.forget(info);
    for (let last = ''; !last.endsWith('END');) {
      await sleep(1);
      runtime.forget(info);
      const parsed = waiting;
      waiting = '';
      if (parsed === '') continue;
      last = withoutFences(parsed);
      hash.update(last);
      for (const answer of answersTo(parsed)) assert.equal(fence.input(answer), '');
    }
    subscription.dispose();
    fence.dispose();
    assert.equal(hash.digest('hex'), expected.digest('hex'));
    assert.ok(longest < outputWindow + 2 * read, `${longest} characters were waiting at once`);
    assert.ok(longest >= outputWindow, 'the program did not fill the window');
  });

  it('stops when nothing is acknowledged, and goes on by as much as is', async () => {
    const command = ['sh', '-c', 'read go; yes'];
    const info = await runtime.open(request('anton', { command, window: 1000 }));
    runtime.write(info.id, '\r');
    await runtime.waitFor(info, /y\n/);
    const stopped = await standstill(() => runtime.outputOf(info).length);
    assert.ok(stopped >= 1000 && stopped < 1000 + read, `${stopped} characters came`);
    runtime.acknowledge(info.id, stopped);
    const next = await standstill(() => runtime.outputOf(info).length);
    assert.ok(next >= stopped + 1000 && next < stopped + 1000 + read, `${next - stopped} characters came`);
  });

  it('that nobody acknowledges comes whole when its program has ended', async () => {
    const command = ['sh', '-c', 'read go; yes 0123456 | head -c 2000'];
    const info = await runtime.open(request('anton', { command, window: 10 }));
    runtime.write(info.id, '\r');
    await runtime.end(info);
    assert.equal(runtime.outputOf(info).replace(/[\r\n]/g, '').length, (2000 / 8) * 7);
  });
});

/** What a count is when it has not changed for a while. */
async function standstill(count: () => number): Promise<number> {
  let before = -1;
  while (count() !== before) {
    before = count();
    await sleep(300);
  }
  return before;
}
