import * as assert from 'node:assert/strict';
import { mock } from 'node:test';
import { OutputWindow } from '../../src/runtime/outputWindow';
import { outputWindow } from '../../src/ui/flow/outputFence';
import { answersTo, fenced, Screen, withoutFences } from './screen';

const kilo = 1024;
/** A kilobyte of lines. */
const lines = '0123456\n'.repeat(kilo / 8);

describe('the fence in a terminal’s output', () => {
  beforeEach(() => mock.timers.enable({ apis: ['setTimeout', 'Date'] }));
  afterEach(() => mock.timers.reset());

  /** Gives as much as a runtime would: until the window is full. */
  function fill(screen: Screen, given: number, data = lines): number {
    for (; given - screen.acknowledged < outputWindow; given += data.length) screen.fence.output(data);
    return given;
  }

  it('changes nothing but for the questions it puts in, and swallows their answers', () => {
    const screen = new Screen();
    for (let i = 0; i < 2 * kilo; i++) {
      screen.fence.output(lines);
      screen.parse().forEach((each) => screen.type(each));
    }
    assert.equal(withoutFences(screen.shown), lines.repeat(2 * kilo));
    assert.ok(fenced(screen.shown).length > 10);
    assert.equal(screen.typed, '');
  });

  it('asks nothing of a terminal with little output', () => {
    const screen = new Screen();
    for (let i = 0; i < 15; i++) screen.fence.output(lines);
    assert.equal(screen.waiting, lines.repeat(15));
  });

  it('acknowledges what is before the place that the terminal has come to, once', () => {
    const screen = new Screen();
    fill(screen, 0);
    const answers = screen.parse();
    assert.ok(answers.length > 3);
    const pieces = fenced(screen.shown);
    screen.type(answers[1] ?? '');
    assert.equal(screen.acknowledged, (pieces[0] ?? '').length + (pieces[1] ?? '').length);
    screen.type(answers[0] ?? '');
    screen.type(answers[1] ?? '');
    assert.equal(screen.acknowledged, (pieces[0] ?? '').length + (pieces[1] ?? '').length);
    screen.type(answers.slice(2).join(''));
    assert.equal(screen.acknowledged, outputWindow - (pieces.at(-1) ?? '').length);
  });

  it('asks for less output at a time where the terminal takes long to show it, and for more where it does not', () => {
    const screen = new Screen();
    const windows: number[] = [];
    const after = (delay: number): void => {
      for (let i = 0; i < 130; i++) screen.fence.output(lines);
      mock.timers.tick(delay);
      screen.parse().forEach((each) => screen.type(each));
      windows.push(screen.window);
    };
    for (let i = 0; i < 20; i++) after(900);
    assert.equal(screen.window, 64 * kilo);
    for (let i = 0; i < 20; i++) after(20);
    assert.equal(screen.window, outputWindow);
    // Now and then something else holds it up.
    after(500);
    assert.ok(screen.window > outputWindow / 2);
    assert.ok(windows.every((each) => each >= 64 * kilo && each <= outputWindow));
  });

  /** A program that gives what it has while it may, as the runtime lets it, and is to come to its end. */
  function runProgram(
    screen: Screen,
    pieces: Iterable<string>,
    parse: (tick: number) => boolean,
    size = outputWindow,
  ): void {
    const source = { isPaused: false };
    const window = new OutputWindow(size, {
      pause: () => (source.isPaused = true),
      resume: () => (source.isPaused = false),
    });
    let given = 0;
    let acknowledged = 0;
    let tick = 0;
    for (const piece of pieces) {
      for (let waited = 0; source.isPaused; waited++) {
        assert.ok(waited < 1000, `it waits for ever after ${given} characters`);
        mock.timers.tick(10);
        if (parse(tick++)) screen.parse().forEach((each) => screen.type(each));
        window.acknowledged(screen.acknowledged - acknowledged, screen.window || size);
        acknowledged = screen.acknowledged;
      }
      screen.fence.output(piece);
      window.sent(piece.length);
      given += piece.length;
    }
  }

  it('never lets a program wait for nothing, whatever the pieces and the terminal’s pace', () => {
    for (const pace of [1, 3, 10, 40])
      for (const kilos of [1, 4, 37, 64, 200]) {
        const pieces = Array.from({ length: 20_000 / kilos }, (_, i) => lines.repeat(1 + ((i * 7) % kilos)));
        runProgram(new Screen(), pieces, (tick) => tick % pace === 0);
      }
  });

  it('never lets a program wait for nothing whose window was small before the terminal came back', () => {
    for (const kilos of [1, 4, 37]) {
      const pieces = Array.from({ length: 5000 / kilos }, () => lines.repeat(kilos));
      runProgram(new Screen(), pieces, () => true, 64 * kilo);
    }
  });

  it('never acknowledges what has not come', () => {
    const screen = new Screen();
    let given = 0;
    for (let i = 0; i < 200; i++) {
      for (let k = 0; k < 3; k++, given += kilo) screen.fence.output(lines);
      mock.timers.tick(1000);
      if (i % 60 === 0) screen.parse().forEach((each) => screen.type(each));
      assert.ok(screen.acknowledged <= given, `${screen.acknowledged} of ${given}`);
    }
  });

  it('never lets a program wait for ever in a sequence that is longer than the window', () => {
    const picture = Array.from({ length: 4000 }, () => '~'.repeat(kilo));
    const pieces = ['\x1bPq', ...picture, `\x1b\\${lines}`, ...Array.from({ length: 600 }, () => lines)];
    const screen = new Screen();
    runProgram(screen, pieces, () => true);
    screen.parse().forEach((each) => screen.type(each));
    assert.equal(withoutFences(screen.shown), pieces.join(''));
  });

  it('needs no more than the window, however much comes', () => {
    const screen = new Screen();
    for (let given = 0; given < 100 * outputWindow;) {
      given = fill(screen, given);
      screen.parse().forEach((each) => screen.type(each));
      screen.shown = '';
    }
    assert.ok(screen.longest < outputWindow + 2 * kilo, `${screen.longest} characters waited`);
  });

  it('leaves programs the answers to their own questions, though its own are lost', () => {
    const screen = new Screen();
    for (let i = 0; i < 10; i++) screen.fence.output(`${lines.repeat(80)}\x1b[5n\x1b[?2026$p${lines}`);
    const answers = screen.parse();
    const lost = answers.findIndex((each) => /\d{10}/.test(each));
    answers.forEach((each, i) => i !== lost && screen.type(each));
    assert.equal(screen.typed, '\x1b[0n\x1b[?2026;0$y'.repeat(10));
  });

  it('lets a terminal that answers nothing have a little more, ever more seldom, and takes late answers out', () => {
    const screen = new Screen();
    let given = fill(screen, 0);
    const rounds: number[] = [];
    for (let second = 0; second < 24 * 60 * 60; second += 10) {
      const before = given;
      mock.timers.tick(10_000);
      given = fill(screen, given);
      if (given > before) rounds.push(second);
    }
    assert.ok(rounds.length > 20, 'a program must come to its end some day');
    assert.ok(given < 6 * outputWindow, `${given} characters in a day`);
    screen.parse().forEach((each) => screen.type(each));
    assert.equal(screen.typed, '');
    const again = given;
    given = fill(screen, given);
    assert.ok(given - again > outputWindow / 2, 'the terminal is back, and nothing waits');
  });

  it('lets a sequence that is longer than the window pass, in time', () => {
    const screen = new Screen();
    screen.fence.output('\x1bPq');
    let given = 3;
    for (let tick = 0; tick < 1000; tick++) {
      given = fill(screen, given, '~'.repeat(kilo));
      mock.timers.tick(20);
    }
    assert.ok(given > 20 * outputWindow);
    assert.equal(answersTo(screen.waiting).length, 0);
    screen.fence.output(`\x1b\\${lines}${lines}`);
    assert.equal(answersTo(screen.waiting).length, 1);
  });

  it('holds nothing and waits for nothing after its end, and takes late answers out', () => {
    const screen = new Screen();
    fill(screen, 0);
    screen.type('\x1b');
    assert.equal(screen.typed, '');
    screen.fence.dispose();
    assert.equal(screen.typed, '\x1b');
    screen.type('\x1b');
    assert.equal(screen.typed, '\x1b\x1b');
    screen.parse().forEach((each) => screen.type(each));
    assert.equal(screen.typed, '\x1b\x1b');
  });
});
