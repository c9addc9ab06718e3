import assert from 'node:assert/strict';
import { Emitter } from '../../src/kernel/emitter';

describe('an emitter', () => {
  it('tells all listeners, even if one throws', () => {
    const errors: unknown[] = [];
    const emitter = new Emitter<number>((error) => errors.push(error));
    const seen: number[] = [];
    emitter.event(() => {
      throw new Error('first');
    });
    emitter.event((value) => seen.push(value));
    emitter.fire(7);
    assert.deepEqual(seen, [7]);
    assert.equal(errors.length, 1);
  });

  it('tells a listener no more once it is disposed, and knows the same function twice', () => {
    const emitter = new Emitter<number>();
    const seen: number[] = [];
    const listener = (value: number): void => void seen.push(value);
    const first = emitter.event(listener);
    emitter.event(listener);
    first.dispose();
    emitter.fire(1);
    assert.deepEqual(seen, [1]);
  });
});
