import * as assert from 'node:assert/strict';
import { OutputWindow } from '../../src/runtime/outputWindow';

describe('the window of output that is not acknowledged', () => {
  function windowOf(size: number): { window: OutputWindow; calls: string[] } {
    const calls: string[] = [];
    const window = new OutputWindow(size, {
      pause: () => void calls.push('pause'),
      resume: () => void calls.push('resume'),
    });
    return { window, calls };
  }

  it('stops the output when it is full, and lets it go on when it is half empty', () => {
    const { window, calls } = windowOf(10);
    window.sent(9);
    assert.deepEqual(calls, []);
    window.sent(5);
    window.sent(5);
    assert.deepEqual(calls, ['pause']);
    window.acknowledged(13);
    assert.deepEqual(calls, ['pause']);
    window.acknowledged(1);
    assert.deepEqual(calls, ['pause', 'resume']);
  });

  it('gets another size with what is acknowledged', () => {
    const { window, calls } = windowOf(10);
    window.sent(8);
    window.acknowledged(1, 6);
    assert.deepEqual(calls, ['pause']);
    window.acknowledged(3);
    assert.deepEqual(calls, ['pause']);
    window.acknowledged(1);
    assert.deepEqual(calls, ['pause', 'resume']);
  });

  it('does not grow by acknowledgements of what was never sent', () => {
    const { window, calls } = windowOf(10);
    window.acknowledged(100);
    window.sent(10);
    assert.deepEqual(calls, ['pause']);
  });

  it('lets everything pass once it is open', () => {
    const { window, calls } = windowOf(10);
    window.sent(20);
    window.open();
    window.sent(1000);
    assert.deepEqual(calls, ['pause', 'resume']);
  });
});
