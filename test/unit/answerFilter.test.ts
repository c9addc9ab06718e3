import * as assert from 'node:assert/strict';
import { mock } from 'node:test';
import { AnswerFilter } from '../../src/ui/flow/answerFilter';
import { randomNumbers } from './random';

const ours = 1234567890;
const answer = `\x1b[?${ours};0$y`;

describe('answers among what is typed', () => {
  let late = '';
  let answered = 0;
  const filter = new AnswerFilter(
    (number) => {
      if (number === ours) answered++;
      return number === ours;
    },
    (typed) => (late += typed),
  );
  beforeEach(() => {
    mock.timers.enable({ apis: ['setTimeout'] });
    late = '';
    answered = 0;
  });
  afterEach(() => {
    filter.dispose();
    mock.timers.reset();
  });

  it('are taken out, whatever is typed around them', () => {
    assert.equal(filter.filter(`ls${answer} -l${answer}\r`, true), 'ls -l\r');
    assert.equal(answered, 2);
  });

  it('are found wherever they are cut, and nothing else is lost or changes its place', () => {
    const random = randomNumbers(7);
    const pieces = [
      answer,
      '\x1b',
      '\x1b[A',
      '\x1b[?1;2c',
      '\x1b[0n',
      '\x1b[?2026;2$y',
      'a',
      '\x1b[?1234567891;0$y',
    ];
    for (let round = 0; round < 2000; round++) {
      const given = Array.from({ length: 12 }, () => pieces[random(pieces.length)] ?? '').join('');
      let typed = '';
      answered = 0;
      for (let i = 0; i < given.length;) {
        const length = 1 + random(6);
        typed += filter.filter(given.slice(i, i + length), true);
        i += length;
      }
      filter.dispose();
      assert.equal(typed + late, given.replaceAll(answer, ''), JSON.stringify(given));
      assert.equal(answered, given.split(answer).length - 1);
      late = '';
    }
  });

  it('do not keep the Escape key from the program', () => {
    assert.equal(filter.filter('\x1b', true), '');
    mock.timers.tick(1000);
    assert.equal(late, '\x1b');
    assert.equal(filter.filter('\x1b', false), '\x1b');
    assert.equal(filter.filter('x', true), 'x');
    assert.equal(late, '\x1b');
  });
});
