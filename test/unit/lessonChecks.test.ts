import * as assert from 'node:assert/strict';
import type { NamespaceId } from '../../src/kernel/kinds';
import type { NamespaceIds } from '../../src/kernel/proc';
import type { Check, Condition } from '../../src/lessons/check';
import { evaluate } from '../../src/lessons/evaluate';
import type { Facts, FileFact } from '../../src/lessons/facts';
import type { Values } from '../../src/lessons/variables';

const values: Values = { uid: 1000, gid: 1001, folder: '/lesson', name: 'maple' };

const hostNamespaces = namespaces(1);

function namespaces(user: number, pid = 2): NamespaceIds {
  return { user: user as NamespaceId, pid: pid as NamespaceId, mnt: 3 as NamespaceId };
}

/** A process as these tests need it: what is not said is as on the host, or may not be read. */
interface Fake {
  readonly parent?: number;
  readonly ns?: NamespaceIds;
  readonly pids?: readonly number[];
  readonly map?: readonly { inside: number; outside: number; length: number }[];
  readonly capabilities?: bigint;
  readonly hidden?: boolean;
}

function factsOf(
  processes: Readonly<Record<number, Fake>>,
  files: Readonly<Record<string, FileFact>> = {},
): Facts {
  const all = Object.keys(processes).map(Number);
  const known = (who: number | 'host'): Fake => (who === 'host' ? {} : (processes[who] ?? {}));
  return {
    processes: () => all,
    namespaces: (who) => (known(who).hidden ? {} : (known(who).ns ?? hostNamespaces)),
    forChildren: (who) => (who === 'host' ? (2 as NamespaceId) : 'unborn'),
    idMap: (who) => known(who).map,
    setgroups: () => undefined,
    status: (who) => {
      const { parent = 1, pids = [Number(who)], capabilities = 0n, hidden } = known(who);
      if (hidden) return undefined;
      return { name: 'sh', pid: Number(who), parent, pidChain: pids, uid: 1000, gid: 1001, capabilities };
    },
    mounts: (who) => [
      { device: who === 'host' ? '0:1' : '0:9', root: '/', path: '/proc', type: 'proc' },
      { device: '8:1', root: '/', path: '/', type: 'ext4' },
    ],
    file: (_, path) => files[path] ?? 'absent',
    hostname: () => undefined,
    devices: () => ['lo'],
    addresses: () => [],
    clockOffsets: () => ({ monotonic: 0, boottime: 86400 }),
    everyCapability: () => 0b11n,
  };
}

const inside = { ns: namespaces(11) };
const shell = { 10: {} };

function passed(check: Check, facts: Facts): boolean | null {
  return evaluate(check, facts, values).passed;
}

/** Whether a condition holds of a process in a user and a PID namespace of its own. */
function holds(condition: Condition): boolean | null {
  const map = [{ inside: 0, outside: 1000, length: 1 }];
  const process = { ns: namespaces(11, 12), pids: [10, 1], map, capabilities: 0b11n };
  const file = { uid: 1000, gid: 1001, size: 6, content: 'maple\n' };
  return passed({ process: condition }, factsOf({ 10: process }, { '/lesson/maple': file }));
}

describe('checks', () => {
  const path = '{{folder}}/{{name}}';
  const facts: readonly (readonly [Condition, boolean | null])[] = [
    [{ ns: { user: 'own', mnt: 'shared' } }, true],
    [{ ns: { user: 'own', mnt: 'own' } }, false],
    [{ ns: { uts: 'own' } }, null],
    [{ ns: { pid_for_children: 'own' } }, true],
    [{ uidMap: [[0, '{{uid}}', 1]] }, true],
    [{ uidMap: [[0, '{{gid}}', 1]] }, false],
    [{ uidMap: 'empty' }, false],
    [{ setgroups: 'deny' }, null],
    [{ nspid: { depth: 2, inside: 1 } }, true],
    [{ nspid: { inside: 10 } }, false],
    [{ capabilities: 'full' }, true],
    [{ capabilities: 'none' }, false],
    [{ uid: '{{uid}}', name: 'sh' }, true],
    [{ mount: { path: '/proc', type: 'proc', own: true } }, true],
    [{ mount: { path: '/', own: true } }, false],
    [{ mount: { path: '/mnt', exists: false } }, true],
    [{ mount: { path: '/mnt' } }, false],
    [{ file: { path, uid: 1000, gid: 1001, content: '{{name}}', empty: false } }, true],
    [{ file: { path, uid: 0 } }, false],
    [{ file: { path, content: 'oak' } }, false],
    [{ file: { path, exists: false } }, false],
    [{ file: { path: '/other', exists: false } }, true],
    [{ hostname: 'maple' }, null],
    [{ devices: ['lo'] }, true],
    [{ devices: ['lo', 'eth0'] }, false],
    [{ addresses: ['127.0.0.1'] }, false],
    [{ clock: { boottime: 86400 } }, true],
    [{ inside: { atLeast: 1, atMost: 1 } }, true],
    [{ inside: { atLeast: 2 } }, false],
    [{ not: { ns: { user: 'shared' } } }, true],
    [{ not: { setgroups: 'deny' } }, null],
    [{ any: [{ setgroups: 'deny' }, { ns: { user: 'own' } }] }, true],
    [{ all: [{ setgroups: 'deny' }, { ns: { user: 'shared' } }] }, false],
  ];
  for (const [condition, expected] of facts) {
    const words = { true: 'holds', false: 'does not hold', null: 'cannot be told' }[`${expected}`];
    it(`${JSON.stringify(condition)} ${words}`, () => {
      assert.equal(holds(condition), expected);
    });
  }

  it('any process of the terminal may be the one, however it came to be', () => {
    const check: Check = { process: { ns: { user: 'own' } } };
    assert.equal(passed(check, factsOf(shell)), false);
    assert.equal(passed(check, factsOf({ ...shell, 11: { parent: 10, ...inside } })), true);
    assert.equal(passed(check, factsOf({ 10: inside })), true);
    assert.equal(passed({ not: check }, factsOf(shell)), true);
    assert.equal(passed(check, factsOf({})), false);
  });

  it('one process has to fulfil all of it, not several together', () => {
    const check: Check = { process: { ns: { user: 'own' }, nspid: { inside: 1 } } };
    const both = factsOf({ 10: { pids: [10, 1] }, 11: { parent: 10, ...inside } });
    assert.equal(passed(check, both), false);
  });

  it('a process that hides leaves it open, unless another one is found', () => {
    const check: Check = { process: { ns: { user: 'own' } } };
    assert.equal(passed(check, factsOf({ ...shell, 11: { hidden: true } })), null);
    assert.equal(passed(check, factsOf({ 10: { hidden: true }, 11: inside })), true);
    assert.equal(passed({ host: { file: { path: '/x', exists: false } } }, factsOf({})), true);
  });

  it('another process shares namespaces only if neither is above the other', () => {
    const check: Check = { process: { other: { same: ['user'], different: ['pid'] } } };
    const own = { ns: namespaces(11) };
    const deeper = { ns: namespaces(11, 12) };
    assert.equal(passed(check, factsOf({ 10: own, 11: { parent: 10, ...deeper } })), false);
    assert.equal(passed(check, factsOf({ 10: own, 11: { parent: 1, ...deeper } })), true);
  });

  it('what is told is about the process that comes nearest', () => {
    const check: Check = { process: { ns: { user: 'own', pid: 'own' } } };
    const verdict = evaluate(check, factsOf({ ...shell, 11: { parent: 10, ...inside }, 12: {} }), values);
    assert.equal(verdict.process, 11);
    assert.deepEqual(
      verdict.findings.map(({ fact, expected, found, passed: ok }) => [fact, expected, found, ok]),
      [
        ['ns.user', 'own', 'own', true],
        ['ns.pid', 'own', 'shared', false],
      ],
    );
  });
});
