import assert from 'node:assert/strict';
import type { TerminalSnapshot } from '../../src/inspect/terminalSnapshot';
import type { NamespaceKind } from '../../src/kernel/kinds';
import type { TerminalInfo } from '../../src/runtime/runtime';
import type { Sections, SubjectModel } from '../../src/ui/inspector/protocol';
import { inspectorModel } from '../../src/ui/inspector/viewModel';
import { evilNames, identity, namespaces, person, process, t, terminalInfo, terminalSnapshot } from './facts';

const reader = { t, language: 'en', person };

function model(
  snapshot: TerminalSnapshot | undefined,
  info = terminalInfo(1),
  joined?: TerminalInfo,
): SubjectModel {
  const shown = inspectorModel({ info, snapshot }, { joined }, reader);
  assert.ok(shown.type === 'subject');
  return shown;
}

function sections(snapshot: TerminalSnapshot, info?: TerminalInfo): Sections {
  const shown = model(snapshot, info).sections;
  assert.ok(shown);
  return shown;
}

describe('what the side panel shows', () => {
  it('is a button when nothing runs', () => {
    const shown = inspectorModel(undefined, {}, reader);
    assert.deepEqual(shown, {
      type: 'empty',
      text: 'Open a terminal to see its namespaces, its users and its processes here.',
      button: 'New Terminal',
    });
  });

  it('begins with the name, the profile and the first process on both sides', () => {
    const { title, profile, process: first } = model(terminalSnapshot());
    assert.deepEqual(
      [title, profile, first],
      ['Anton 1', 'profile anton', '1 inside is 25435 outside · bash'],
    );
  });

  it('says which terminal was joined', () => {
    const info = terminalInfo(2, { joined: terminalInfo(1).id });
    assert.equal(model(terminalSnapshot(), info, terminalInfo(1)).profile, 'profile anton · joined Anton 1');
  });

  it('says which process was joined, and which of its namespaces were entered', () => {
    const profile = (kinds: readonly NamespaceKind[]): string =>
      model(terminalSnapshot(), terminalInfo(2, { entered: { pid: 77, kinds } })).profile;
    assert.equal(profile(['user', 'net']), 'joined process 77: user, net');
    assert.equal(profile([]), 'joined process 77, which is in the same namespaces');
  });

  it('has the head of a terminal that has not been read yet', () => {
    const { process: first, sections: rest } = model(undefined);
    assert.deepEqual([first, rest], ['process 25435 outside', undefined]);
  });

  it("lists all eight namespaces with their id and the host's", () => {
    const { rows } = sections(terminalSnapshot()).namespaces;
    assert.deepEqual(
      rows.map(({ kind, own }) => `${kind} ${own}`),
      [
        'user true',
        'pid true',
        'mnt false',
        'uts false',
        'ipc false',
        'net false',
        'cgroup false',
        'time false',
      ],
    );
    const [user, , mnt] = rows;
    assert.ok(user && mnt);
    assert.deepEqual([user.id, user.hostId, user.state], ['4026532510', '4026531830', 'own']);
    assert.deepEqual([mnt.id, mnt.hostId, mnt.state], ['4026531832', '4026531832', 'shared with the host']);
  });

  it('does not call a namespace shared that cannot be seen', () => {
    const [first, ...others] = namespaces();
    assert.ok(first);
    const hidden = { ...first, id: undefined };
    const { rows } = sections(terminalSnapshot({ namespaces: [hidden, ...others] })).namespaces;
    assert.deepEqual([rows[0]?.id, rows[0]?.state], ['', 'not visible']);
  });

  it('draws the maps of an own user namespace, and those that change nothing', () => {
    const drawn = (snapshot: TerminalSnapshot): (readonly string[] | undefined)[] =>
      sections(snapshot).users.tables.map(({ picture }) =>
        picture?.names.map(({ inside, outside }) => `${inside} = ${outside}`),
      );
    assert.deepEqual(drawn(terminalSnapshot())[0], ['0 root = 1000 you']);
    const shared = terminalSnapshot({ namespaces: namespaces(), uidMap: identity, gidMap: identity });
    assert.deepEqual(drawn(shared)[0], ['0–4294967294 = 0–4294967294']);
    assert.deepEqual(drawn(terminalSnapshot({ namespaces: namespaces() })), [undefined, undefined]);
  });

  it('draws the owner of a file, inside and outside, and says it', () => {
    const users = (uid: number): Sections['users'] => {
      const file = { name: 'notes', uid, gid: 1000 };
      const shown = inspectorModel(
        { info: terminalInfo(1), snapshot: terminalSnapshot() },
        {},
        { ...reader, file },
      );
      assert.ok(shown.type === 'subject' && shown.sections);
      return shown.sections.users;
    };
    assert.deepEqual(users(1000).tables[0]?.picture?.mark, { outside: 1000, inside: 0 });
    assert.match(users(1000).file.text, /belongs to you \(1000\).*outside; inside to root \(0\)/);
    assert.deepEqual(users(0).tables[0]?.picture?.mark, { outside: 0, inside: undefined });
    assert.match(users(0).file.text, /belongs to root \(0\).*inside to nobody \(65534\)/);
  });

  it('says which side ps lists: that of the /proc that is mounted inside', () => {
    const shown = (proc: TerminalSnapshot['proc']): [string, string] => {
      const { seen, note } = sections(terminalSnapshot({ proc })).processes;
      return [seen, note];
    };
    assert.deepEqual(shown('inside')[0], 'inside');
    assert.match(shown('inside')[1], /only what is in here/);
    assert.deepEqual(shown('host')[0], 'outside');
    assert.match(shown('host')[1], /host's \/proc/);
    assert.deepEqual(shown('none')[0], '');
    assert.deepEqual(shown(undefined), ['', '']);
  });

  it('names what the first process descends from: the outermost and the nearest two', () => {
    const ancestors = ['init', 'login', 'bash', 'node', 'guard'].map((name, i) => ({ pid: i + 1, name }));
    assert.deepEqual(
      sections(terminalSnapshot({ ancestors })).processes.above.map(
        ({ outside, name }) => `${outside} ${name}`,
      ),
      ['1 init', ' …', '4 node', '5 guard'],
    );
  });

  it('lists the processes with both PIDs, their depth and their parent', () => {
    const { twoPids, rows } = sections(terminalSnapshot()).processes;
    assert.equal(twoPids, true);
    assert.deepEqual(
      rows.map(({ inside, outside, name, depth, under }) => [inside, outside, name, depth, under]),
      [
        ['1', '25435', 'bash', 0, ''],
        ['7', '25441', 'sleep', 1, 'child of 25435'],
      ],
    );
  });

  it("has one column of PIDs where the PID namespace is the host's", () => {
    const processes = [{ ...process(1, 'bash', 0), pidInside: 25435 }];
    const shown = model(terminalSnapshot({ namespaces: namespaces('user'), processes }));
    assert.equal(shown.process, '25435 inside and outside · bash');
    assert.equal(shown.sections?.processes.twoPids, false);
    assert.match(shown.sections.processes.note, /host's/);
  });

  it('says that there may be more processes than it shows', () => {
    const processes = Array.from({ length: 500 }, (_, i) => process(i + 1, 'fork', 0));
    assert.match(sections(terminalSnapshot({ processes })).processes.note, /first 500/);
  });

  it('tells how the terminal was made, in the notation of the language', () => {
    const steps = [
      { step: 'clone', call: 'clone(SIGCHLD) = 7', code: '', begin: 10, duration: 1312.4 },
      { step: 'mount_proc', call: 'mount("proc") = -1 EPERM', code: 'EPERM', begin: 1400, duration: 31 },
    ];
    const info = terminalInfo(1, { steps });
    const shown = inspectorModel(
      { info, snapshot: terminalSnapshot() },
      {},
      {
        ...reader,
        language: 'de',
      },
    );
    assert.ok(shown.type === 'subject' && shown.sections?.steps);
    const { rows, total, copy } = shown.sections.steps;
    assert.deepEqual(
      rows.map(({ call, took, failed }) => [call, took, failed]),
      [
        ['clone(SIGCHLD) = 7', '1.312 µs', ''],
        ['mount("proc") = -1 EPERM', '31 µs', 'failed: EPERM'],
      ],
    );
    assert.match(total, /^1,43 ms/);
    assert.equal(copy.text, '   1312 µs  clone(SIGCHLD) = 7\n     31 µs  mount("proc") = -1 EPERM\n');
  });

  for (const [name, shown] of evilNames) {
    it(`shows ${shown} as harmless text`, () => {
      const info = terminalInfo(1, { name });
      const whole = model(terminalSnapshot({ processes: [process(1, name, 0)] }), info);
      assert.equal(whole.title, shown);
      assert.ok(whole.process.endsWith(shown));
      assert.equal(whole.sections?.processes.rows[0]?.name, shown);
      assert.doesNotMatch(strings(whole).join(''), /[\p{Cc}\p{Cf}\p{Cs}]/u);
    });
  }
});

function strings(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(strings) : [];
}
