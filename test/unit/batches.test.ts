import * as assert from 'node:assert/strict';
import { mock } from 'node:test';
import { Batches } from '../../src/host/batches';

describe('output in batches', () => {
  const handedOn: string[] = [];
  beforeEach(() => {
    handedOn.length = 0;
    mock.timers.enable({ apis: ['setTimeout'] });
  });
  afterEach(() => mock.timers.reset());

  it('is handed on at once after a silence, and together while more comes', () => {
    const batches = new Batches((data) => void handedOn.push(data));
    batches.add('a');
    assert.deepEqual(handedOn, ['a']);
    batches.add('b');
    batches.add('c');
    assert.deepEqual(handedOn, ['a']);
    mock.timers.tick(4);
    assert.deepEqual(handedOn, ['a', 'bc']);
    mock.timers.tick(4);
    batches.add('d');
    assert.deepEqual(handedOn, ['a', 'bc', 'd']);
  });

  it('is whole, in order, and never more than so much at once', () => {
    const batches = new Batches((data) => void handedOn.push(data));
    const all = Array.from({ length: 1000 }, (_, i) => `${i} `.repeat(1000));
    for (const [i, each] of all.entries()) {
      batches.add(each);
      if (i % 10 === 0) mock.timers.tick(1);
    }
    batches.flush();
    assert.equal(handedOn.join(''), all.join(''));
    assert.ok(handedOn.length < 100, `${handedOn.length} pieces`);
    assert.ok(Math.max(...handedOn.map(({ length }) => length)) < 300 * 1024);
  });

  it('has nothing to hand on where nothing came', () => {
    const batches = new Batches((data) => void handedOn.push(data));
    batches.flush();
    mock.timers.tick(100);
    assert.deepEqual(handedOn, []);
  });
});
