import * as assert from 'node:assert/strict';
import { formatIdMap, isIdentity, parseIdMap, type IdMap, type IdMapRow } from '../../src/kernel/idMap';
import { randomNumbers } from './random';

const largest = 0xffff_fffe;
const row = (inside: number, outside: number, length: number): IdMapRow => ({ inside, outside, length });

describe('an id map', () => {
  it('is read as the kernel prints it', () => {
    assert.deepEqual(parseIdMap('         0       1000          1\n         1     100000      65536\n'), [
      row(0, 1000, 1),
      row(1, 100000, 65536),
    ]);
    assert.deepEqual(parseIdMap(''), []);
  });

  for (const text of [
    '0 1000',
    '0 1000 1 2',
    '0 1000 one',
    '-1 0 1',
    '0x0 0 1',
    '0 0 99999999999',
    '0 1.5 1',
  ]) {
    it(`${JSON.stringify(text)} is none`, () => {
      assert.throws(() => parseIdMap(text), SyntaxError);
    });
  }

  const refused: readonly (readonly [string, IdMap])[] = [
    ['no row', []],
    ['too many rows', Array.from({ length: 341 }, (_, i) => row(i, i, 1))],
    ['a length of 0', [row(0, 0, 0)]],
    ['a negative id', [row(-1, 0, 1)]],
    ['a fraction', [row(0.5, 0, 1)]],
    ['not a number', [row(0, Number.NaN, 1)]],
    ['(uid_t) -1 inside', [row(largest + 1, 0, 1)]],
    ['(uid_t) -1 outside', [row(0, largest + 1, 1)]],
    ['a range that ends behind the largest id inside', [row(largest, 0, 2)]],
    ['a range that ends behind the largest id outside', [row(0, largest, 2)]],
    ['ranges that overlap inside', [row(0, 0, 10), row(9, 100, 1)]],
    ['ranges that overlap outside', [row(100, 5, 1), row(0, 0, 10)]],
    ['the same range twice', [row(0, 0, 1), row(0, 0, 1)]],
  ];
  for (const [title, map] of refused) {
    it(`cannot be written with ${title}`, () => {
      assert.throws(() => formatIdMap(map), RangeError);
    });
  }

  it('is written with ranges that touch, with 340 rows, and up to the largest id', () => {
    assert.equal(formatIdMap([row(0, 1000, 1), row(1, 1001, 1)]), '0 1000 1\n1 1001 1\n');
    assert.equal(formatIdMap([row(largest, largest, 1)]), `${largest} ${largest} 1\n`);
    assert.equal(formatIdMap(Array.from({ length: 340 }, (_, i) => row(i, i, 1))).split('\n').length, 341);
  });

  it('is the same after writing and reading', () => {
    const random = randomNumbers(2);
    for (let round = 0; round < 500; round++) {
      let [inside, outside] = [0, 0];
      const map = Array.from({ length: 1 + random(20) }, () => {
        const length = 1 + random(100_000);
        inside += random(1000);
        outside += random(1000);
        const made = row(inside, outside, length);
        inside += length;
        outside += length;
        return made;
      });
      assert.deepEqual(parseIdMap(formatIdMap(map)), map);
    }
  });

  it('is the identity only if every id stands for itself', () => {
    assert.ok(isIdentity([row(0, 0, largest + 1)]));
    assert.ok(isIdentity([row(0, 0, largest)]));
    assert.ok(!isIdentity([row(0, 1000, 1)]));
    assert.ok(!isIdentity([row(0, 0, 65536)]));
    assert.ok(!isIdentity([]));
  });
});
