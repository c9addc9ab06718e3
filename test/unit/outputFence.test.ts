import * as assert from 'node:assert/strict';
import { EscapeScanner } from '../../src/ui/flow/escapeScanner';
import { OutputFence } from '../../src/ui/flow/outputFence';
import { randomNumbers } from './random';

const query = '\x1b[5n';
const answer = '\x1b[0n';

/** A terminal that answers each query in its turn, when it is told to parse. */
class Screen {
  shown = '';
  waiting = '';
  typed = '';
  isPaused = false;
  longest = 0;
  readonly fence = new OutputFence({
    write: (data) => {
      this.waiting += data;
      this.longest = Math.max(this.longest, this.waiting.length);
    },
    pause: () => (this.isPaused = true),
    resume: () => (this.isPaused = false),
  });

  parse(): void {
    const count = this.waiting.split(query).length - 1;
    this.shown += this.waiting;
    this.waiting = '';
    for (let i = 0; i < count; i++) this.typed += this.fence.input(answer);
  }
}

describe('the fence in a terminal’s output', () => {
  it('changes nothing but for the queries it puts in, and swallows their answers', () => {
    const screen = new Screen();
    const lines = Array.from({ length: 40_000 }, (_, i) => `line ${i}\r\n`);
    for (const line of lines) {
      screen.fence.output(line);
      screen.parse();
    }
    assert.equal(screen.shown.replaceAll(query, ''), lines.join(''));
    assert.ok(screen.shown.includes(query));
    assert.equal(screen.typed, '');
  });

  it('stops a program that runs ahead, and lets it go on when the terminal has caught up', () => {
    const screen = new Screen();
    let count = 0;
    while (!screen.isPaused) {
      screen.fence.output('y\r\n'.repeat(1000));
      assert.ok(++count < 1000, 'never stopped');
    }
    assert.ok(screen.waiting.length < 700_000);
    screen.parse();
    assert.equal(screen.isPaused, false);
  });

  it('leaves a program the answers to its own queries, in their order', () => {
    const screen = new Screen();
    const text = 'x'.repeat(20_000);
    for (let i = 0; i < 10; i++) screen.fence.output(`${text}\n${query}${text}`);
    screen.parse();
    assert.equal(screen.typed, answer.repeat(10));
    const more = new Screen();
    more.fence.output('\x1b[05n\x1b[5;1n\x1b[?5n\x9b5n');
    assert.equal(more.fence.input(answer.repeat(4)), answer.repeat(4));
  });

  it('finds answers between what is typed', () => {
    const screen = new Screen();
    screen.fence.output(`${'a'.repeat(70_000)}\n`);
    assert.equal(screen.fence.input(`ls${answer} -l\r`), 'ls -l\r');
    assert.equal(screen.fence.input(`ls${answer} -l\r`), `ls${answer} -l\r`);
  });

  it('is never put into a sequence, before an accent, or between the parts of an emoji', () => {
    const random = randomNumbers(99);
    const pieces = [
      ...[
        'a',
        ' ',
        '\n',
        '\u0301',
        'é',
        '\u{1f469}\u200d\u{1f680}',
        '\x1b[31m',
        '\x1b]0;title\x07',
        '\x1b]8;;x\x1b\\',
      ],
      ...['\x1bP+q544e\x1b\\', '\x1b(B', '\x9b1;2H', '\x1b[3b', '\x1b_apc\x9c', '\x1b[1\n;2H'],
    ];
    const text = Array.from({ length: 300_000 }, () => pieces[random(pieces.length)] ?? '').join('');
    const screen = new Screen();
    for (let i = 0; i < text.length;) {
      const length = 1 + random(5000);
      screen.fence.output(text.slice(i, i + length));
      i += length;
    }
    screen.parse();
    const fenced = screen.shown.split(query);
    assert.equal(fenced.join(''), text);
    assert.ok(fenced.length > 10);
    const scanner = new EscapeScanner();
    for (const [i, part] of fenced.entries()) {
      if (i > 0) assert.match(part, /^[\x20-\x7e\r\n]/);
      scanner.scan(part);
      if (i < fenced.length - 1) assert.equal(scanner.isInSequence, false, JSON.stringify(part.slice(-40)));
    }
  });

  it('gives a program a rest that is in a sequence without an end', () => {
    const screen = new Screen();
    screen.fence.output('\x1b]0;');
    for (let i = 0; i < 100 && !screen.isPaused; i++) screen.fence.output('x'.repeat(10_000));
    assert.equal(screen.isPaused, true);
    screen.fence.dispose();
    assert.equal(screen.isPaused, false);
  });
});
