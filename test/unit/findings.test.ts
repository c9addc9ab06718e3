import * as assert from 'node:assert/strict';
import slovak from '../../l10n/bundle.l10n.sk.json';
import type { Condition } from '../../src/lessons/check';
import { lookAt } from '../../src/lessons/conditions';
import type { Facts } from '../../src/lessons/facts';
import type { Finding } from '../../src/lessons/verdict';
import { describeFinding } from '../../src/ui/words/findings';
import { evaluate } from '../../src/lessons/evaluate';
import { t } from './facts';

const namespaces = { user: 1, pid: 2, mnt: 3, uts: 4, ipc: 5, net: 6, cgroup: 7, time: 8 };

/** One process that is the host's in everything. */
const facts = {
  processes: () => [7],
  namespaces: () => namespaces,
  forChildren: () => 2,
  idMap: () => [{ inside: 0, outside: 0, length: 4294967295 }],
  setgroups: () => 'allow',
  status: () => ({ name: 'bash', uid: 1000, pidChain: [7], parent: 1, capabilities: 0n }),
  mounts: () => [],
  file: () => ({ uid: 0, gid: 0, size: 3, content: 'abc' }),
  hostname: () => 'box',
  devices: () => ['lo'],
  addresses: () => [],
  clockOffsets: () => ({ monotonic: 0, boottime: 0 }),
  everyCapability: () => 1n,
} as unknown as Facts;

/** Each part of a condition, wrong for that process. */
const wrong: Required<Omit<Condition, 'all' | 'any' | 'not'>> = {
  ns: {
    ...{ user: 'own', pid: 'own', mnt: 'own', uts: 'own', ipc: 'own', net: 'own', cgroup: 'own' },
    ...{ time: 'own', pid_for_children: 'own', time_for_children: 'own' },
  },
  uidMap: [[0, '{{uid}}', 1]],
  gidMap: 'empty',
  setgroups: 'deny',
  nspid: { depth: 2, inside: 1 },
  capabilities: 'full',
  uid: 0,
  name: 'sleep',
  depth: { atLeast: 1 },
  mount: { path: '/proc', type: 'proc', own: true },
  file: { path: '/f', uid: '{{uid}}' },
  hostname: '{{name}}',
  devices: ['lo', 'eth0'],
  addresses: ['127.0.0.1'],
  clock: { monotonic: 5, boottime: 6 },
  inside: { atLeast: 2, atMost: 3 },
  other: { same: ['pid'], different: ['mnt'], is: { name: 'sh' } },
};

const values = { uid: 1000, name: 'plum' };

function look(condition: Condition): readonly Finding[] {
  return lookAt(7, condition, { facts, values, holds: () => false });
}

/** What is said of a condition's first fact. */
function said(condition: Condition, more: Partial<Finding> = {}): string | undefined {
  const [finding] = look(condition);
  return finding && describeFinding({ ...finding, ...more }, t);
}

describe('what is said of a check that has not passed', () => {
  it('is a sentence for each fact, in both languages, and never the fact’s own name', () => {
    const used = new Set<string>();
    const note: typeof t = (message, ...args) => {
      used.add(message);
      return t(message, ...args);
    };
    const findings = look(wrong);
    assert.equal(findings.length, Object.keys(wrong).length + 9 + 1 + 1);
    for (const finding of findings) {
      const text = describeFinding(finding, note);
      assert.match(text, /^[A-Zgu].*\.$/);
      assert.doesNotMatch(text, /undefined|\{|\[|ns\.|nspid/, finding.fact);
      describeFinding({ ...finding, negated: true }, note);
      describeFinding({ ...finding, ofNone: true, negated: true }, note);
      describeFinding({ ...finding, ofHost: true, found: null }, note);
    }
    for (const message of used) assert.ok(message in slovak, message);
  });

  it('tells what was found and what has to be', () => {
    assert.equal(
      said({ ns: { user: 'own' } }),
      'The terminal’s user namespace is the host’s; it has to be one of its own.',
    );
    assert.equal(said({ uidMap: wrong.uidMap }), 'uid_map says: 0 0 4294967295. It has to say: 0 1000 1.');
    assert.equal(said({ name: 'sleep' }), 'No process named sleep is running here.');
    assert.equal(
      said({ nspid: { inside: 1 } }),
      'The PID of the process in its own PID namespace is 7. It has to be 1.',
    );
    assert.equal(
      said({ mount: wrong.mount }),
      'Nothing is mounted at /proc. A mount of type proc has to be there that the host does not have.',
    );
    assert.equal(
      said({ addresses: ['127.0.0.1'] }),
      'No interface has an IPv4 address. Among them has to be 127.0.0.1.',
    );
    assert.equal(
      said({ inside: wrong.inside }),
      'The number of processes in its PID namespace is 1. It has to be at least 2 and at most 3.',
    );
  });

  it('tells of a file what is wrong with it', () => {
    const file = (more: object): string | undefined => said({ file: { path: '/f', ...more } });
    assert.equal(file({ uid: 5 }), 'The file /f belongs to the uid 0, seen from the host. It has to be 5.');
    assert.equal(
      file({ uid: 0, gid: 5 }),
      'The file /f belongs to the gid 0, seen from the host. It has to be 5.',
    );
    assert.equal(file({ content: '1' }), 'In the file /f is: “abc”. In it has to be: “1”.');
    assert.equal(file({ empty: true }), 'Something is in the file /f. It has to be empty.');
    assert.equal(file({ exists: false }), 'The file /f is there. It must not be there.');
    const absent = { found: { exists: false } };
    assert.equal(said({ file: { path: '/f' } }, absent), 'There is no file /f. It has to be there.');
  });

  it('tells what must not be, of one process and of all', () => {
    assert.equal(
      said({ setgroups: 'allow' }, { negated: true }),
      'The file setgroups says: allow. It must not be allow.',
    );
    const { findings } = evaluate({ not: { process: { name: 'bash' } } }, facts, values);
    assert.deepEqual(
      findings.map((each) => [each.passed, describeFinding(each, t)]),
      [[false, 'A process named bash is still running; it has to end.']],
    );
    const host = evaluate({ host: { setgroups: 'deny' } }, facts, values).findings;
    assert.deepEqual(
      host.map((each) => describeFinding(each, t)),
      ['On the host: The file setgroups says: allow. It has to be deny.'],
    );
  });

  it('shows harmlessly what others have named', () => {
    assert.equal(
      said({ setgroups: 'deny' }, { found: '\u001b[31mred' }),
      'The file setgroups says: \\x1b[31mred. It has to be deny.',
    );
  });
});
