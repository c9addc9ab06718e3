import * as assert from 'node:assert/strict';
import { EscapeScanner } from '../../src/runtime/escapeScanner';
import { randomNumbers } from './random';

/** Sequences of every kind, whole: between two of them is text. */
const sequences = [
  ...[
    '\x1b[31m',
    '\x1b[1;2:3H',
    '\x1b[?25l',
    '\x9b5n',
    '\x1b[3b',
    '\x1b[1\n;2H',
    '\x1b[!p',
    '\x1b[ q',
    '\x1b[1\x7fm',
  ],
  ...['\x1b]0;title\x07', '\x1b]8;;x\x1b\\', '\x9d0;é\x9c', '\x1b]0;cut off\x18', '\x1b]1337;File=:AA==\x07'],
  ...[
    '\x1bP+q544e\x1b\\',
    '\x90q~~\x07~\x9c',
    '\x1bPcut off\x1a',
    '\x1b_Gapc\x9c',
    '\x1bXsos\x1b\\',
    '\x1b^pm\x9c',
  ],
  ...['\x1b(B', '\x1b#8', '\x1b7', '\x1bc', '\x1b\x7f7', '\x1b \x7fF', '\x84', '\x1b[\x1b7', '\x1b]0;\x1b[m'],
];
const texts = ['a', ' ', '\n', '\r\n', '\u0301', 'é', '漢', '\u{1f469}\u200d\u{1f680}', '\t', '\x07'];

describe('the scanner of escape sequences', () => {
  for (const sequence of sequences) {
    it(`is in ${encodeURI(sequence)} from its first character to its last`, () => {
      const scanner = new EscapeScanner();
      for (let i = 0; i < sequence.length - 1; i++) {
        assert.equal(scanner.scan(sequence.charAt(i)), -1);
        // What is text from its first character on is a control by itself.
        assert.equal(scanner.isInSequence, true, `after ${i + 1} characters`);
      }
      scanner.scan(sequence.slice(-1));
      assert.equal(scanner.isInSequence, false);
      assert.equal(scanner.scan('x'), 0);
    });
  }

  it('finds the same however the output is cut', () => {
    const random = randomNumbers(5);
    for (let round = 0; round < 500; round++) {
      const output = Array.from({ length: 40 }, () => {
        const from = random(2) === 0 ? sequences : texts;
        return from[random(from.length)] ?? '';
      }).join('');
      const whole = new EscapeScanner();
      const expected = whole.scan(output);
      const scanner = new EscapeScanner();
      let gap = -1;
      for (let i = 0; i < output.length;) {
        const length = 1 + random(4);
        const found = scanner.scan(output.slice(i, i + length));
        if (found >= 0) gap = i + found;
        i += length;
      }
      assert.equal(gap, expected, JSON.stringify(output));
      assert.equal(scanner.isInSequence, whole.isInSequence);
    }
  });

  it('finds no place before an accent, in an emoji, or before a sequence that repeats the last character', () => {
    const scanner = new EscapeScanner();
    assert.equal(scanner.scan('e\u0301\u0302'), 0);
    assert.equal(scanner.scan('\u{1f469}\u200d\u{1f680}'), -1);
    assert.equal(scanner.scan('\u0301x\x1b[3b'), 1);
    assert.equal(scanner.scan('漢字'), -1);
    assert.equal(scanner.scan('\x1b[31m'), -1);
    assert.equal(scanner.scan('\x1b[31m\n'), 5);
  });
});
