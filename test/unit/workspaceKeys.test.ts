import * as assert from 'node:assert/strict';
import { workspaceKeys } from '../../src/host/workspaceKeys';

describe('the keys under which the terminals of a window may wait', () => {
  const [one, other] = ['file:///home/me/one', 'file:///home/me/other'];

  it('are its folders, or that nothing is open', () => {
    assert.deepEqual(workspaceKeys(undefined, [one]), [one]);
    assert.deepEqual(workspaceKeys(undefined, []), ['']);
  });

  it('are its workspace, and then each folder as a window with that one alone has it', () => {
    const file = 'untitled:1555503116870';
    assert.deepEqual(workspaceKeys(file, [one, other]), [file, one, other]);
    assert.deepEqual(workspaceKeys(file, []), [file]);
  });
});
