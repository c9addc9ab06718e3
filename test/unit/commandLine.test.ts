import * as assert from 'node:assert/strict';
import { splitCommandLine, UnfinishedLine } from '../../src/runtime/commandLine';
import { randomNumbers } from './random';

describe('a command line', () => {
  const cases: readonly (readonly [string, readonly string[]])[] = [
    ['', []],
    [' \t\n ', []],
    ['ls', ['ls']],
    ['  ls   -l\t/tmp ', ['ls', '-l', '/tmp']],
    [`echo 'a b' c`, ['echo', 'a b', 'c']],
    [`echo 'a\\nb "$c"'`, ['echo', 'a\\nb "$c"']],
    [`echo "a b" "c"`, ['echo', 'a b', 'c']],
    ['echo "\\"\\\\\\$\\`"', ['echo', '"\\$`']],
    [`echo "\\n \\' \\a"`, ['echo', "\\n \\' \\a"]],
    ['echo a\\ b \\"c\\" \\\\', ['echo', 'a b', '"c"', '\\']],
    [`'' "" x`, ['', '', 'x']],
    [`a'b'"c"d`, ['abcd']],
    [`--name='it'"'"'s'`, ["--name=it's"]],
    ['echo $HOME *.c ~ | ; &', ['echo', '$HOME', '*.c', '~', '|', ';', '&']],
    ['écho 😀 漢字', ['écho', '😀', '漢字']],
  ];
  for (const [line, words] of cases) {
    it(`${JSON.stringify(line)} is ${JSON.stringify(words)}`, () => {
      assert.deepEqual(splitCommandLine(line), words);
    });
  }

  for (const [line, missing] of [
    [`echo 'a`, "'"],
    ['echo "a', '"'],
    ['echo "a\\"', '"'],
    ['echo a\\', '\\'],
  ] as const) {
    it(`${JSON.stringify(line)} lacks ${missing}`, () => {
      assert.throws(
        () => splitCommandLine(line),
        (error) => error instanceof UnfinishedLine && error.missing === missing,
      );
    });
  }

  it('gives back any words, however they were quoted', () => {
    const random = randomNumbers(1);
    const alphabet = Array.from('ab\'"\\$` \t\n*é😀\u0000');
    const pick = <T>(from: readonly T[]): T => from[random(from.length)] as T;
    const quotings = [
      (word: string) => `'${word.replaceAll("'", `'\\''`)}'`,
      (word: string) => `"${word.replace(/["\\$`]/g, '\\$&')}"`,
      (word: string) => (word === '' ? "''" : word.replace(/[\s\S]/gu, '\\$&')),
    ];
    for (let round = 0; round < 2000; round++) {
      const words = Array.from({ length: random(5) }, () =>
        Array.from({ length: random(8) }, () => pick(alphabet)).join(''),
      );
      const line = words.map((word) => pick(quotings)(word)).join(pick([' ', '  ', '\t', '\n']));
      assert.deepEqual(splitCommandLine(line), words, JSON.stringify(line));
    }
  });
});
