import * as assert from 'node:assert/strict';
import { hasCapability } from '../../src/kernel/capabilities';
import { readStatus } from '../../src/kernel/proc';
import type { MapRule } from '../../src/runtime/mapRules';
import type { MapFile, MapWrite, RuntimeEvent, TerminalInfo } from '../../src/runtime/runtime';
import { TestRuntime } from './support';

const uid = process.geteuid?.() ?? -1;
const gid = process.getegid?.() ?? -1;
const mayMapAll = hasCapability(readStatus(process.pid)?.capabilities ?? 0n, 'CAP_SETUID');

const write = (file: MapFile, text: string): MapWrite => ({ file, text });
const deny = write('setgroups', 'deny');
const asRoot: readonly MapWrite[] = [
  deny,
  write('gid_map', `0 ${gid} 1\n`),
  write('uid_map', `0 ${uid} 1\n`),
];

describe('the maps of a running terminal', () => {
  const runtime = new TestRuntime();
  afterEach(() => runtime.closeAll());

  it('make nobody root before one’s eyes', async () => {
    const info = await runtime.shell('user');
    assert.match(await runtime.type(info, 'id'), /^uid=65534\(nobody\) gid=65534\(nogroup\)/);
    const { steps, refused } = await runtime.writeIdMaps(info.id, asRoot);
    assert.equal(refused, undefined);
    assert.deepEqual(
      steps.map(({ call }) => call),
      [
        `write /proc/${info.pid}/setgroups "deny" = 4`,
        `write /proc/${info.pid}/gid_map "0 ${gid} 1" = ${`0 ${gid} 1\n`.length}`,
        `write /proc/${info.pid}/uid_map "0 ${uid} 1" = ${`0 ${uid} 1\n`.length}`,
      ],
    );
    assert.match(await runtime.type(info, 'id'), /^uid=0\(root\) gid=0\(root\)/);
    assert.equal(await runtime.type(info, 'whoami'), 'root');
  });

  it('are told to whoever listens, and are in the list with their steps', async () => {
    const info = await runtime.shell('user');
    const changes: TerminalInfo[] = [];
    const subscription = runtime.subscribe((event: RuntimeEvent) => {
      if (event.type === 'changed') changes.push(event.info);
    });
    await runtime.writeIdMaps(info.id, asRoot);
    subscription.dispose();
    const [changed] = changes;
    assert.equal(changes.length, 1);
    assert.deepEqual(changed?.uidMap, [{ inside: 0, outside: uid, length: 1 }]);
    assert.deepEqual(changed.gidMap, [{ inside: 0, outside: gid, length: 1 }]);
    assert.deepEqual(
      changed.steps.slice(-3).map(({ step }) => step),
      ['write_setgroups', 'write_gid_map', 'write_uid_map'],
    );
    assert.deepEqual(
      runtime.list().find(({ id }) => id === info.id),
      changed,
    );
  });

  /** The rules that the last of these writes breaks; the ones before it are granted. */
  async function rulesOf(...writes: readonly MapWrite[]): Promise<readonly MapRule[] | undefined> {
    const info = await runtime.shell('user');
    const { refused, steps } = await runtime.writeIdMaps(info.id, writes);
    if (!refused) return undefined;
    assert.deepEqual(refused.write, writes.at(-1));
    assert.equal(steps.length, writes.length);
    assert.equal(steps.at(-1)?.code, refused.code);
    return refused.rules;
  }

  it('are written once', async () => {
    const again = write('uid_map', `0 ${uid} 1`);
    assert.deepEqual(await rulesOf(...asRoot, again), [{ rule: 'written-already' }]);
  });

  it('overlap neither inside nor outside', async () => {
    assert.deepEqual(await rulesOf(write('uid_map', `0 ${uid} 1\n0 ${uid + 1} 1`)), [
      { rule: 'malformed', problem: { problem: 'overlap', side: 'inside', id: 0 } },
    ]);
    assert.deepEqual(await rulesOf(write('uid_map', `0 ${uid} 1\n1 ${uid} 1`)), [
      { rule: 'malformed', problem: { problem: 'overlap', side: 'outside', id: uid } },
    ]);
  });

  it('are lines of three numbers, and at least one', async () => {
    assert.deepEqual(await rulesOf(write('uid_map', '0 root 1')), [
      { rule: 'not-three-numbers', line: '0 root 1' },
    ]);
    assert.deepEqual(await rulesOf(write('uid_map', '\n')), [
      { rule: 'malformed', problem: { problem: 'no-row', rows: 0 } },
    ]);
    assert.deepEqual(await rulesOf(write('uid_map', `0 ${uid} 0`)), [
      { rule: 'malformed', problem: { problem: 'no-length', row: 0 } },
    ]);
  });

  it('setgroups says allow or deny, and deny for good', async () => {
    assert.deepEqual(await rulesOf(write('setgroups', 'perhaps')), [{ rule: 'not-allow-or-deny' }]);
    assert.deepEqual(await rulesOf(deny, write('setgroups', 'allow')), [{ rule: 'denied-for-good' }]);
    assert.deepEqual(await rulesOf(...asRoot, deny), [{ rule: 'setgroups-too-late' }]);
  });

  it('do not concern the host’s user namespace', async () => {
    const info = await runtime.shell('plain');
    const { refused } = await runtime.writeIdMaps(info.id, [write('uid_map', `0 ${uid} 1`)]);
    assert.equal(refused?.code, 'EPERM');
    assert.deepEqual(refused.rules, [{ rule: 'first-namespace' }]);
  });

  it('cannot be written after the end', async () => {
    const info = await runtime.shell('user');
    await runtime.close(info.id);
    await assert.rejects(runtime.writeIdMaps(info.id, asRoot), { step: 'write_id_maps', code: 'ESRCH' });
  });

  describe('by an ordinary user', () => {
    before(function () {
      if (mayMapAll) this.skip();
    });

    it('map one id', async () => {
      assert.deepEqual(await rulesOf(write('uid_map', `0 ${uid} 2`)), [{ rule: 'one-id-only' }]);
      assert.deepEqual(await rulesOf(write('uid_map', `0 ${uid} 1\n1 ${uid + 1} 1`)), [
        { rule: 'one-id-only' },
      ]);
    });

    it('map the own id', async () => {
      assert.deepEqual(await rulesOf(write('uid_map', `0 ${uid + 1} 1`)), [
        { rule: 'own-id-only', own: uid, wanted: uid + 1 },
      ]);
      assert.deepEqual(await rulesOf(deny, write('gid_map', `0 0 1`)), [
        { rule: 'own-id-only', own: gid, wanted: 0 },
      ]);
    });

    it('map groups after setgroups is given up', async () => {
      assert.deepEqual(await rulesOf(write('gid_map', `0 ${gid} 1`)), [{ rule: 'setgroups-first' }]);
      assert.equal(await rulesOf(deny, write('gid_map', `0 ${gid} 1`)), undefined);
    });
  });

  describe('by root', () => {
    before(function () {
      if (!mayMapAll) this.skip();
    });

    it('map any ids, and groups without giving setgroups up', async () => {
      assert.equal(
        await rulesOf(write('gid_map', '0 100000 65536'), write('uid_map', '0 100000 65536')),
        undefined,
      );
    });
  });
});
