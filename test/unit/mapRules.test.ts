import * as assert from 'node:assert/strict';
import { brokenRules, type MapSituation } from '../../src/runtime/mapRules';

const everyId = [{ inside: 0, outside: 0, length: 0xffff_ffff }];
const fresh: MapSituation = {
  own: true,
  uidMap: [],
  gidMap: [],
  setgroups: 'allow',
  writer: {
    uid: 1000,
    gid: 1000,
    mayMapUsers: false,
    mayMapGroups: false,
    uidMap: everyId,
    gidMap: everyId,
  },
};
const root = { ...fresh, writer: { ...fresh.writer, mayMapUsers: true, mayMapGroups: true } };

describe('the rules of id maps that a write breaks', () => {
  it('are two where two are broken', () => {
    assert.deepEqual(
      brokenRules('gid_map', '0 5 1', fresh).map(({ rule }) => rule),
      ['own-id-only', 'setgroups-first'],
    );
  });

  it('name the first id that nobody has outside', () => {
    const nested = {
      ...root,
      writer: { ...root.writer, uidMap: [{ inside: 0, outside: 1000, length: 10 }] },
    };
    assert.deepEqual(brokenRules('uid_map', '0 5 20', nested), [{ rule: 'not-mapped-outside', id: 10 }]);
    assert.deepEqual(brokenRules('uid_map', '0 50 1', nested), [{ rule: 'not-mapped-outside', id: 50 }]);
  });

  it('are that only the parent writes, where nothing else is wrong', () => {
    assert.deepEqual(brokenRules('uid_map', '0 5 20', root), [{ rule: 'not-the-parent' }]);
  });

  it('tell a line that is none before anything about its ids', () => {
    assert.deepEqual(brokenRules('uid_map', '0 0 1\nall of them', fresh), [
      { rule: 'not-three-numbers', line: 'all of them' },
    ]);
  });
});
