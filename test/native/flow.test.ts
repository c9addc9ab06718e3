import * as assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { OutputFence } from '../../src/ui/flow/outputFence';
import { request, sleep, TestRuntime } from './support';

const query = '\x1b[5n';
const answer = '\x1b[0n';

/** ANTON_STREAM=1024 makes it a gigabyte. */
const megabytes = Number(process.env['ANTON_STREAM'] ?? 32);
const line = 'All of it, in order: \u00e9\u{1f469} \x1b[31mred\x1b[0m 0123456789\n';

/** A terminal that parses for itself, in its own time, and answers as VS Code's does. */
describe('a flood of output', () => {
  const runtime = new TestRuntime();
  afterEach(() => runtime.closeAll());

  it('arrives whole and in order at a terminal that is slower, and little of it waits there', async function () {
    this.timeout(60_000 + megabytes * 1000);
    const count = Math.ceil((megabytes * 1024 * 1024) / Buffer.byteLength(line));
    const hash = createHash('sha256');
    const expected = createHash('sha256');
    for (let i = 0; i < count; i++) expected.update(line);
    let waiting: string[] = [];
    let longest = 0;
    let left = Buffer.alloc(0);
    const script = `stty -opost -echo; echo; read go; yes "$1" | head -n ${count}; printf END; read end`;
    const info = await runtime.open(
      request('anton', { command: ['sh', '-c', script, 'sh', line.trimEnd()] }),
    );
    const fence = new OutputFence({
      write: (data) => {
        waiting.push(data);
        longest = Math.max(
          longest,
          waiting.reduce((sum, each) => sum + each.length, 0),
        );
      },
      pause: () => runtime.pause(info.id),
      resume: () => runtime.resume(info.id),
    });
    await runtime.waitFor(info, /^\n$/);
    const subscription = runtime.subscribe((event) => {
      if (event.type === 'data' && event.id === info.id) fence.output(event.data);
    });
    runtime.forget(info);
    runtime.write(info.id, '\r');
    while (left.toString('latin1') !== 'END') {
      await sleep(1);
      runtime.forget(info);
      const parsed = waiting.join('');
      waiting = [];
      const answers = parsed.split(query).length - 1;
      left = Buffer.concat([left, Buffer.from(parsed.replaceAll(query, ''))]);
      const whole = Math.max(0, left.length - 'END'.length);
      hash.update(left.subarray(0, whole));
      left = left.subarray(whole);
      assert.equal(fence.input(answer.repeat(answers)), '');
    }
    subscription.dispose();
    assert.equal(hash.digest('hex'), expected.digest('hex'));
    assert.ok(longest < 800_000, `${longest} characters were waiting at once`);
  });

  it('that is paused waits, and comes whole when its program has ended', async () => {
    const info = await runtime.open(
      request('anton', { command: ['sh', '-c', 'read go; yes 0123456 | head -c 2000'] }),
    );
    runtime.pause(info.id);
    runtime.write(info.id, '\r');
    await runtime.end(info);
    assert.equal(runtime.outputOf(info).replace(/[\r\n]/g, '').length, (2000 / 8) * 7);
  });
});
