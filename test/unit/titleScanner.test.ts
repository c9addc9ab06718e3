import * as assert from 'node:assert/strict';
import { TitleScanner } from '../../src/ui/flow/titleScanner';

describe('the title that a program sets', () => {
  const last = (...pieces: readonly string[]): string | undefined => {
    const scanner = new TitleScanner();
    return pieces.map((piece) => scanner.scan(piece)).findLast((title) => title !== undefined);
  };

  it('is found, ended by BEL or by ST, among other output', () => {
    assert.equal(last('before\x1b]0;one\x07after'), 'one');
    assert.equal(last('\x1b[1m\x1b]2;two\x1b\\\x1b[0m'), 'two');
    assert.equal(last('\x1b]0;one\x07\x1b]2;two\x07'), 'two');
    assert.equal(last('\x1b]2;\x07'), '');
  });

  it('is found wherever the output is cut', () => {
    const output = 'x\x1b]633;A\x07\x1b]0;a title\x1b\\y\x1b]1;icon\x07';
    for (let i = 0; i <= output.length; i++)
      for (let j = i; j <= output.length; j++)
        assert.equal(last(output.slice(0, i), output.slice(i, j), output.slice(j)), 'a title', `${i} ${j}`);
  });

  it('is no other sequence, and nothing that does not end', () => {
    assert.equal(last('\x1b]1;icon\x07', '\x1b]633;P;Cwd=/0;x\x07', '0;text\x07'), undefined);
    assert.equal(last('\x1b]0;no end', '\x1b[31m', 'red\x07'), undefined);
    assert.equal(last('\x1b]0;', 'x'.repeat(5000), '\x07'), undefined);
  });
});
