import { strict as assert } from 'node:assert';

describe('the harness', () => {
  it('runs a test', () => {
    assert.equal(1 + 1, 2);
  });
});
