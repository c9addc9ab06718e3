import * as assert from 'node:assert/strict';
import { isKernelAtLeast, wslOf } from '../../src/runtime/kernelRelease';

describe('a kernel’s release', () => {
  it('tells WSL 1 from WSL 2', () => {
    assert.equal(wslOf('4.4.0-19041-Microsoft'), 1);
    assert.equal(wslOf('5.15.153.1-microsoft-standard-WSL2'), 2);
    assert.equal(wslOf('6.8.0-45-generic'), undefined);
  });

  it('is compared by its numbers', () => {
    assert.ok(isKernelAtLeast('6.8.0-45-generic', '5.11'));
    assert.ok(isKernelAtLeast('5.11', '5.11'));
    assert.ok(!isKernelAtLeast('5.9.1', '5.11'));
    assert.ok(isKernelAtLeast('unreadable', '5.11'));
  });
});
