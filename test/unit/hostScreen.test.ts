import * as assert from 'node:assert/strict';
import { Screen } from '../../src/host/screen';
import { randomNumbers } from './random';

const size = { columns: 40, rows: 10 };

async function screenOf(output: string, answers: string[] = []): Promise<Screen> {
  const screen = new Screen(size, 100, (answer) => answers.push(answer));
  screen.write(output, () => undefined);
  await screen.caughtUp();
  return screen;
}

/** What a terminal shows that is drawn anew, as what would draw it once more. */
async function drawnAnew(output: string): Promise<readonly [string, string]> {
  const first = (await screenOf(output)).redraw();
  return [first, (await screenOf(first)).redraw()];
}

describe('a terminal drawn anew', () => {
  const cases: Readonly<Record<string, string>> = {
    'text that has scrolled off': Array.from({ length: 50 }, (_, i) => `line ${i}`).join('\r\n'),
    'a line longer than the screen': 'x'.repeat(95),
    'colours and attributes, also of what comes next': '\x1b[1;31mred \x1b[48;5;20mon blue\x1b[4m and on',
    'the alternate screen over the other': 'before\x1b[?1049h\x1b[3;5Hin front',
    'a hidden cursor': '\x1b[?25l',
    'the mouse, reported as SGR has it': '\x1b[?1002h\x1b[?1006h',
    'bracketed paste, application keys, focus': '\x1b[?2004h\x1b[?1h\x1b[?1004h',
    'the shape of the cursor': '\x1b[5 q',
    'margins, and the cursor between them': '\x1b[3;7r\x1b[5;9Hhere',
    'a title': '\x1b]0;vim notes.txt\x07',
    'emoji and letters of two columns': '界 é 👩‍🚀 ok',
  };
  for (const [name, output] of Object.entries(cases)) {
    it(`has ${name}`, async () => {
      const [first, second] = await drawnAnew(output);
      assert.equal(second, first);
      assert.notEqual(first, (await screenOf('')).redraw());
    });
  }

  it('has what a mode was set back to', async () => {
    const fresh = (await screenOf('')).redraw();
    assert.equal((await screenOf('\x1b[?25l\x1b[?1006h\x1b[?1006l\x1b[?25h')).redraw(), fresh);
    assert.equal((await screenOf('\x1b[?25l\x1b[3;5r\x1b[2 q\x1bc')).redraw(), fresh);
  });

  it('goes on in the middle of a sequence', async () => {
    const whole = 'a\x1b[38;2;10;200;30mgreen\x1b]0;the title\x07\x1b[4;8Hthere';
    const expected = (await screenOf(whole)).redraw();
    for (let cut = 1; cut < whole.length; cut++) {
      const before = await screenOf(whole.slice(0, cut));
      const after = await screenOf(before.redraw() + whole.slice(cut));
      assert.equal(after.redraw(), expected, `cut after ${JSON.stringify(whole.slice(0, cut))}`);
    }
  });

  it('swallows the rest of a sequence that is too long to be repeated', async () => {
    const screen = await screenOf('before \x1bPq');
    for (let i = 0; i < 8; i++)
      await new Promise<void>((resolve) => screen.write('a'.repeat(10_000), resolve));
    const drawn = screen.redraw();
    assert.ok(drawn.length < 1000, `${drawn.length} characters`);
    const after = await screenOf(`${drawn}${'b'.repeat(100)}\x1b\\after`);
    assert.equal(after.redraw(), (await screenOf('before after')).redraw());
  });

  it('answers what a program asks', async () => {
    const answers: string[] = [];
    await screenOf('ab\x1b[6n', answers);
    assert.deepEqual(answers, ['\x1b[1;3R']);
  });

  it('is the same after any output of words, colours and movements', async () => {
    const random = randomNumbers(7);
    const pieces = [
      'word ',
      '\r\n',
      '\x1b[31m',
      '\x1b[0m',
      '\x1b[2;9H',
      '\x1b[K',
      '\x1b[1m',
      '\t',
      '界',
      '\x1b[3A',
    ];
    for (let round = 0; round < 200; round++) {
      let output = '';
      for (let i = 0; i < 60; i++) output += pieces[random(pieces.length)] ?? '';
      const [first, second] = await drawnAnew(output);
      assert.equal(second, first, JSON.stringify(output));
    }
  });

  it('looks the same after a flood of which most was never parsed', async () => {
    const random = randomNumbers(11);
    const lines = ['y', '', 'a longer line of text', 'x'.repeat(95), 'tab\tand 界', 'no return\n staircase'];
    const controls = [
      '',
      '\x1b[2;5r',
      '\x1b[r',
      '\x1b[4h',
      '\x1b[4l',
      '\x1b[3;7Hhere',
      '\x1b[31m',
      '\x1b[H',
      '\x1b[?1049h',
    ];
    let [written, parsed] = [0, 0];
    for (let round = 0; round < 60; round++) {
      const eager = new Screen(size, 100, () => undefined);
      const screen = new Screen(size, 100, () => undefined);
      const parse = screen['parse'].bind(screen);
      screen['parse'] = (data, done) => {
        parsed += data.length;
        parse(data, done);
      };
      const write = (data: string): void => {
        written += data.length;
        eager['parse'](data, () => undefined);
        screen.write(data, () => undefined);
      };
      for (let part = 0; part < 4; part++) {
        write(`${controls[random(controls.length)] ?? ''}begins here `);
        await screen.caughtUp();
        for (let i = random(3) * 400; i > 0; i--) write(`${lines[random(lines.length)] ?? ''}${i}\r\n`);
        await screen.caughtUp();
      }
      await eager.caughtUp();
      assert.equal(screen.redraw(), eager.redraw());
    }
    assert.ok(parsed < written / 2, `${parsed} characters of ${written} were parsed`);
  });

  it('goes on after an exception in the parser, which loses what stood on it', async () => {
    const screen = new Screen(size, 100, () => undefined, 50);
    screen.write('before', () => undefined);
    await screen.caughtUp();
    const thrown = await withoutListeners('uncaughtException', async () => {
      screen['terminal'].parser.registerOscHandler(999, () => {
        throw new Error('a fault in the parser');
      });
      const parsed = ['one', 'two'].map(
        (text) => new Promise<void>((resolve) => screen.write(`\x1b]999;\x07${text}`, resolve)),
      );
      await Promise.all(parsed);
    });
    assert.match(String(thrown), /a fault in the parser/);
    await new Promise<void>((resolve) => screen.write('\x1b[?25lafter', resolve));
    assert.equal(screen.redraw(), (await screenOf('\x1b[?25lafter')).redraw());
    screen.dispose();
  });
});

/** Runs something while errors that nobody catches go nowhere. @returns the first of them. */
async function withoutListeners(event: 'uncaughtException', run: () => Promise<void>): Promise<unknown> {
  const listeners = process.listeners(event);
  process.removeAllListeners(event);
  let first: unknown;
  process.on(event, (error) => (first ??= error));
  try {
    await run();
  } finally {
    process.removeAllListeners(event);
    for (const listener of listeners) process.on(event, listener);
  }
  return first;
}
