import * as assert from 'node:assert/strict';
import { formatIdMap } from '../../src/kernel/idMap';
import { parseSubordinateIds, subordinateRanges, type IdRange } from '../../src/runtime/subordinateIds';
import { randomNumbers } from './random';

const largest = 0xffff_fffe;

describe('subordinate ids', () => {
  it('are granted by name and by number', () => {
    const text = 'ana:100000:65536\nbob:165536:65536\n1000:300000:10\n1001:400000:10\n';
    assert.deepEqual(parseSubordinateIds(text, 'ana', 1000), [
      { first: 100000, count: 65536 },
      { first: 300000, count: 10 },
    ]);
    assert.deepEqual(parseSubordinateIds(text, 'bob', 1001), [
      { first: 165536, count: 65536 },
      { first: 400000, count: 10 },
    ]);
    assert.deepEqual(parseSubordinateIds(text, 'eve', 1002), []);
    assert.deepEqual(parseSubordinateIds('', 'ana', 1000), []);
  });

  it('that two lines grant are granted once, in ascending order', () => {
    const text = 'ana:500:10\nana:100:10\n1000:105:10\nana:115:5\nana:100:10';
    assert.deepEqual(parseSubordinateIds(text, 'ana', 1000), [
      { first: 100, count: 20 },
      { first: 500, count: 10 },
    ]);
  });

  it('end at the largest id', () => {
    assert.deepEqual(parseSubordinateIds(`ana:${largest}:1`, 'ana', 1), [{ first: largest, count: 1 }]);
    assert.deepEqual(subordinateRanges(`ana:${largest}:2`, 'ana', 1), { ranges: [], unreadable: [1] });
  });

  it('come with the numbers of the lines that nobody can read', () => {
    const text =
      '# comment\n\nana:1\nana:1:2:3\nana:x:1\nana:1:-1\nana:1:0\nana:1:99999999999\n:1:1\nana:7:1\r\n';
    assert.deepEqual(subordinateRanges(text, 'ana', 1000), {
      ranges: [{ first: 7, count: 1 }],
      unreadable: [3, 4, 5, 6, 7, 8, 9],
    });
  });

  it('make a map that the kernel can take, whatever the file says', () => {
    const random = randomNumbers(3);
    const pick = <T>(from: readonly T[]): T => from[random(from.length)] as T;
    const number = (): string =>
      String(pick([random(50), random(5000), random(2 ** 32), random(2 ** 40), '', -1]));
    const line = (): string =>
      random(4) === 0
        ? Array.from({ length: random(9) }, () => pick(Array.from('a:1# \t\r\0é😀'))).join('')
        : `${pick(['ana', '1000', 'bob', ''])}:${number()}:${number()}`;
    for (let round = 0; round < 2000; round++) {
      const text = Array.from({ length: random(12) }, line).join('\n');
      const ranges = parseSubordinateIds(text, 'ana', 1000);
      let inside = 0;
      const row = ({ first, count }: IdRange) => {
        inside += count;
        return { inside: inside - count, outside: first, length: count };
      };
      const total = ranges.reduce((sum, { count }) => sum + count, 0);
      if (ranges.length > 0 && total <= largest)
        assert.doesNotThrow(() => formatIdMap(ranges.map(row)), text);
      ranges.slice(1).forEach((range, i) => {
        const before = ranges[i];
        assert.ok(before && before.first + before.count < range.first, text);
      });
    }
  });
});
