import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import { Failure } from '../../src/kernel/failure';
import type { Profile } from '../../src/runtime/profile';
import { currentPerson, idsToTake, mapsFor } from '../../src/runtime/profileMaps';
import { parseSubordinateIds } from '../../src/runtime/subordinateIds';
import { request, TestRuntime } from './support';

const person = currentPerson();
const profile: Profile = {
  name: 'test',
  namespaces: ['user', 'pid', 'mnt'],
  map: 'ranges',
  freshProc: true,
};

/** Maps of more than one id, which the kernel takes from a privileged writer only: newuidmap(1), or root. */
describe('id maps with ranges', () => {
  const runtime = new TestRuntime();
  const isGranted = ['/etc/subuid', '/etc/subgid'].every((file) => {
    const text = fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : '';
    return parseSubordinateIds(text, person.name, person.uid).length > 0;
  });

  it('ranges: whoever has subordinate ids has them inside, from 1 on', async function () {
    if (!isGranted) this.skip();
    const { output, info } = await runtime.run('plain', ['cat', '/proc/self/uid_map'], { profile });
    const rows = output
      .trim()
      .split('\r\n')
      .map((line) => line.trim().split(/\s+/).map(Number));
    assert.deepEqual(rows[0], [0, person.uid, 1]);
    assert.equal(rows[1]?.[0], 1);
    assert.ok((rows[1][2] ?? 0) > 1);
    assert.ok(
      person.uid === 0 || info.steps.some(({ call }) => call.startsWith('newuidmap ')),
      'the steps name newuidmap',
    );
  });

  it('ranges: whoever has none is told so, and nothing is left', async function () {
    if (isGranted) this.skip();
    await assert.rejects(runtime.open(request('plain', { profile })), (error) => {
      assert.ok(error instanceof Failure);
      assert.deepEqual([error.step, error.subject], ['subordinate_ids', '/etc/subuid']);
      return true;
    });
    assert.deepEqual(runtime.list(), []);
  });

  it('by hand: ids that are not one’s own are root’s to give', async () => {
    const map = [{ inside: 0, outside: 100_000, length: 1000 }];
    const command = ['sh', '-c', 'id -u; id -g; cat /proc/self/uid_map'];
    const attempt = runtime.run('plain', command, { profile: { ...profile, map: { uid: map, gid: map } } });
    if (person.uid === 0) {
      const { output } = await attempt;
      assert.match(output, /^0\r\n0\r\n\s+0\s+100000\s+1000\r\n$/);
      const self = fs.statSync('/proc/self/fd');
      assert.equal(self.uid, person.uid, 'the change of ids inside leaves this process as it was');
    } else {
      await assert.rejects(attempt, (error) => {
        assert.ok(error instanceof Failure);
        assert.match(error.step, /^(find_newgidmap|newgidmap)$/);
        return true;
      });
    }
  });

  it('by hand: with other groups inside, root there can become one of the other users', async function () {
    if (person.uid !== 0) this.skip();
    const map = [
      { inside: 0, outside: 0, length: 1 },
      { inside: 1, outside: 100_001, length: 65_534 },
    ];
    const command = ['setpriv', '--reuid=1', '--regid=1', '--init-groups', 'sh', '-c', 'id -u; id -G'];
    const more = { profile: { ...profile, map: { uid: map, gid: map } } };
    const { output } = await runtime.run('plain', command, more);
    assert.match(output, /^1\r\n1\b/);
  });

  it('which ids the first process takes: its own if they are mapped, else the first of the map', () => {
    const alice = { uid: 1000, gid: 100, name: 'alice' };
    const row = (outside: number): { inside: number; outside: number; length: number }[] => [
      { inside: 0, outside, length: 10 },
    ];
    assert.equal(idsToTake(mapsFor('root', alice), alice), undefined);
    assert.equal(idsToTake(mapsFor('same', alice), alice), undefined);
    assert.equal(idsToTake({ uidMap: row(995), gidMap: row(95) }, alice), undefined);
    assert.deepEqual(idsToTake({ uidMap: row(5000), gidMap: row(5000) }, alice), { uid: 0, gid: 0 });
    assert.deepEqual(idsToTake({ uidMap: row(995), gidMap: row(5000) }, alice), { uid: 5, gid: 0 });
  });
});
