import * as assert from 'node:assert/strict';
import { everything, filterMachine } from '../../src/inspect/machineFilter';
import type { MachineIndex } from '../../src/inspect/machineIndex';
import { membersOf, subtree } from '../../src/inspect/processLists';
import { machineMarks } from '../../src/ui/machineTree/marks';
import { type Arrangement, childNodes, type MachineNode, mostRows } from '../../src/ui/machineTree/nodes';
import { machineRow } from '../../src/ui/machineTree/rows';
import { evilNames, person, t } from './facts';
import { containerIds, hostIds, machine, machineNamespace, machineProcess } from './machineFixture';

function lines(
  index: MachineIndex,
  arrangement: Arrangement,
  filter = '',
  marks = new Map<number, string>(),
): string[] {
  const markOf = (id: number): string => marks.get(id) ?? '';
  const view = {
    index,
    arrangement,
    filter: filter === '' ? everything : filterMachine(index, filter, markOf),
  };
  const reader = { t, person, markOf, isFiltered: filter !== '' };
  const visit = (node: MachineNode, indent: string): string[] => {
    const row = machineRow(view, node, reader);
    return [
      `${indent}${[row.label, row.description].filter(Boolean).join(' | ')}`,
      ...childNodes(view, node).flatMap((child) => visit(child, `${indent}  `)),
    ];
  };
  return childNodes(view).flatMap((node) => visit(node, ''));
}

describe('the tree of the machine’s namespaces', () => {
  it('by kind: each namespace with its processes, command and owner; the host’s marked', () => {
    assert.deepEqual(lines(machine(), 'kind').slice(0, 12), [
      'user | 2',
      '  4026531830 | host · 2 processes · root',
      '    1 init',
      '    100 bash',
      '  4026532500 | 2 processes · sleep 1000 · you',
      '    1 = 200 sleep',
      '    2 = 201 httpd',
      'pid | 2',
      '  4026531831 | host · 2 processes · root',
      '    1 init',
      '    100 bash',
      '  4026532501 | 2 processes · sleep 1000 · you',
    ]);
  });

  it('a PID namespace’s first process is first, though the host’s PIDs have begun anew', () => {
    const inside = { namespaces: containerIds };
    const processes = [
      machineProcess(1, 'init', { parent: 0, uid: 0 }),
      machineProcess(150, 'sleep', { pidChain: [150, 9], ...inside }),
      machineProcess(160, 'sh', { pidChain: [160, 8], ...inside }),
      machineProcess(32000, 'bash', { pidChain: [32000, 1], ...inside }),
    ];
    const all = lines(machine({ processes }), 'kind');
    const namespace = all.findIndex((line) => line.startsWith('  4026532501'));
    assert.deepEqual(all.slice(namespace + 1, namespace + 4), [
      '    1 = 32000 bash',
      '    9 = 150 sleep',
      '    8 = 160 sh',
    ]);
  });

  it('by ownership: user namespaces nested, each with what it owns', () => {
    const all = lines(machine(), 'ownership').filter((line) => !/^ +\d+ (=|\w)/.test(line));
    assert.deepEqual(all, [
      'user 4026531830 | host · 2 processes · root',
      '  pid 4026531831 | host · 2 processes · root',
      '  mnt 4026531832 | host · 2 processes · root',
      '  uts 4026531833 | host · 4 processes · root',
      '  ipc 4026531834 | host · 4 processes · root',
      '  net 4026531835 | host · 4 processes · root',
      '  net 4026532600 | kept by a mount at /run/netns/blue · root',
      '  cgroup 4026531836 | host · 4 processes · root',
      '  time 4026531837 | host · 4 processes · root',
      '  user 4026532500 | 2 processes · sleep 1000 · you',
      '    pid 4026532501 | 2 processes · sleep 1000 · you',
      '    mnt 4026532502 | 2 processes · sleep 1000 · you',
    ]);
  });

  it('marks what is a terminal’s, and what a known tool made', () => {
    const marks = machineMarks([{ name: 'Anton 1', pid: 200 }], machine());
    assert.deepEqual([...marks.keys()].sort(), [containerIds.user, containerIds.pid, containerIds.mnt]);
    const found = lines(machine(), 'kind', '4026532501', new Map(marks));
    assert.equal(found[1], '  4026532501 | Anton 1 · 2 processes · sleep 1000 · you');
    const maker = { tool: 'docker', name: 'web' } as const;
    const docker = machine({ namespaces: [machineNamespace('net', 5, { maker })] });
    assert.equal(lines(docker, 'kind')[1], '  5 | Docker web · 1 process · init · root');
  });

  it('finds by command, process, PID and mark, and leaves what leads there', () => {
    assert.deepEqual(lines(machine(), 'kind', 'HTTPD pid'), []);
    assert.deepEqual(lines(machine(), 'kind', 'pid 4026532501'), [
      'pid | 1 of 2',
      '  4026532501 | 2 processes · sleep 1000 · you',
      '    1 = 200 sleep',
      '    2 = 201 httpd',
    ]);
    assert.ok(!lines(machine(), 'kind', 'init 20').some((line) => line.includes('sleep')));
    assert.equal(lines(machine(), 'kind', '40265325').length, 12);
    const byProcess = lines(machine(), 'ownership', 'httpd');
    assert.equal(byProcess[0], 'user 4026531830 | host · 2 processes · root');
    assert.ok(byProcess.includes('    pid 4026532501 | 2 processes · sleep 1000 · you'));
    assert.ok(byProcess.includes('      2 = 201 httpd'));
    assert.ok(!byProcess.some((line) => line.includes('sleep') && line.includes('=')));
  });

  it('opens a namespace in which a few processes were found, and no other', () => {
    const many = Array.from({ length: 21 }, (_, i) => machineProcess(i + 1, `many ${i}`));
    const processes = [...many, machineProcess(100, 'one')];
    const index = machine({ processes });
    const pid = index.namespace(hostIds.pid);
    assert.ok(pid);
    const isOpen = (text: string): boolean => filterMachine(index, text, () => '').holdsMatches(pid);
    assert.deepEqual(['one', 'many', 'pid', 'many 7'].map(isOpen), [true, false, false, true]);
  });

  it('says what is hidden, and never leaves it out as if it were not there', () => {
    const { limits } = machine().snapshot;
    const hidden = lines(machine({ limits: { ...limits, hiddenProcesses: 3 } }), 'kind');
    assert.equal(hidden.at(-1), 'Hidden: the namespaces of 3 processes');
    const orphan = machine({
      namespaces: [machineNamespace('net', 5, { owner: 'hidden', ownerUid: undefined })],
    });
    assert.deepEqual(lines(orphan, 'ownership'), [
      'Owner not visible',
      '  net 5 | 1 process · init · owner hidden',
    ]);
  });

  it('lists no more processes than can be looked at, and says how many there are beside', () => {
    const many = Array.from({ length: mostRows + 7 }, (_, i) => machineProcess(i + 1, 'p'));
    const all = lines(machine({ processes: many }), 'kind', '');
    assert.ok(all.includes('    7 more'));
  });

  it('shows names harmlessly', () => {
    for (const [raw, shown] of evilNames) {
      const index = machine({ processes: [machineProcess(9, raw)] });
      assert.ok(lines(index, 'kind').includes(`    9 ${shown}`), shown);
    }
  });

  it('gives every row a key of its own', () => {
    for (const arrangement of ['kind', 'ownership'] as const) {
      const view = { index: machine(), arrangement, filter: everything };
      const keys: string[] = [];
      const visit = (node?: MachineNode): void => {
        for (const child of childNodes(view, node)) {
          keys.push(child.key);
          visit(child);
        }
      };
      visit();
      assert.equal(new Set(keys).size, keys.length);
    }
  });
});

describe('lists of processes', () => {
  it('of a process: its descendants, parents first', () => {
    assert.deepEqual(
      subtree(100, machine()).map(({ pid, pidInside, depth }) => [pid, pidInside, depth]),
      [
        [100, 100, 0],
        [200, 1, 1],
        [201, 2, 2],
      ],
    );
    assert.deepEqual(subtree(4711, machine()), []);
  });

  it('of a namespace: its members, each under its parent if that is one', () => {
    const index = machine();
    const namespace = index.namespace(containerIds.pid ?? hostIds.pid);
    assert.ok(namespace);
    assert.deepEqual(
      membersOf(namespace, index).map(({ pid, depth }) => [pid, depth]),
      [
        [200, 0],
        [201, 1],
      ],
    );
  });
});
