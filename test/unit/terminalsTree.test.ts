import assert from 'node:assert/strict';
import type { TerminalId } from '../../src/runtime/runtime';
import { changedNodes } from '../../src/ui/tree/changes';
import { terminalNodes, type NodeModel } from '../../src/ui/tree/nodes';
import type { WatchedTerminal } from '../../src/ui/watch';
import { evilNames, namespaces, person, process, t, terminalInfo, terminalSnapshot } from './facts';

function tree(...terminals: WatchedTerminal[]): readonly NodeModel[] {
  return terminalNodes(terminals, person, t);
}

function terminal(
  id: number,
  more: Parameters<typeof terminalSnapshot>[0] = {},
  joined?: number,
): WatchedTerminal {
  const info = terminalInfo(id, joined === undefined ? {} : { joined: joined as TerminalId });
  return { info, snapshot: terminalSnapshot(more) };
}

function rows(nodes: readonly NodeModel[], indent = ''): string[] {
  return nodes.flatMap((node) => [
    `${indent}${[node.label, node.description].filter(Boolean).join(' | ')}`,
    ...rows(node.children, `${indent}  `),
  ]);
}

function all(nodes: readonly NodeModel[]): NodeModel[] {
  return nodes.flatMap((node) => [node, ...all(node.children)]);
}

describe('the tree of terminals', () => {
  it('shows namespaces, users and processes under each terminal', () => {
    assert.deepEqual(rows(tree(terminal(1))), [
      'Anton 1 | anton · 1 = 25435 bash',
      '  Namespaces | 2 of 8 own',
      '    user | 4026532510 own',
      '    pid | 4026532511 own',
      '    mnt | 4026531832 shared with the host',
      '    uts | 4026531833 shared with the host',
      '    ipc | 4026531834 shared with the host',
      '    net | 4026531835 shared with the host',
      '    cgroup | 4026531836 shared with the host',
      '    time | 4026531837 shared with the host',
      '  Users | uid: root (0) inside is you (1000) outside',
      '    uid: root (0) inside is you (1000) outside',
      '    uid: nobody (65534) inside is everyone else outside',
      '    gid: root (0) inside is your group (1000) outside',
      '    gid: nogroup (65534) inside is every other group outside',
      '  Processes | 2',
      '    1 = 25435 bash',
      '      7 = 25441 sleep',
    ]);
  });

  it("shows one PID where the PID namespace is the host's", () => {
    const processes = [{ ...process(1, 'bash', 0), pidInside: 25435 }];
    const [node] = tree(terminal(1, { namespaces: namespaces('user'), processes }));
    assert.equal(node?.description, 'anton · 25435 bash');
  });

  it('puts each process under its parent', () => {
    const processes = [process(1, 'a', 0), process(2, 'b', 1), process(3, 'c', 2), process(4, 'd', 1)];
    const shown = rows(tree(terminal(1, { processes }))).slice(-4);
    assert.deepEqual(shown, [
      '    1 = 25435 a',
      '      2 = 25436 b',
      '        3 = 25437 c',
      '      4 = 25438 d',
    ]);
  });

  it('puts a joined terminal under the one it joined, and beside it once that has ended', () => {
    const [first, ...others] = tree(terminal(1), terminal(2, {}, 1));
    assert.equal(first?.children.at(-1)?.label, 'Anton 2');
    assert.deepEqual(others, []);
    assert.deepEqual(
      tree(terminal(2, {}, 1)).map(({ label }) => label),
      ['Anton 2'],
    );
  });

  it('says which process was joined', () => {
    const info = terminalInfo(1, { entered: { pid: 77, kinds: ['user'] } });
    const [node] = tree({ info, snapshot: terminalSnapshot() });
    assert.match(node?.description ?? '', /^joined process 77 · /);
    assert.equal(node?.icon, 'joined');
  });

  it('gives every row a key of its own, and words for a screen reader', () => {
    const nodes = all(tree(terminal(1), terminal(2, {}, 1)));
    assert.equal(new Set(nodes.map(({ key }) => key)).size, nodes.length);
    assert.ok(nodes.every(({ spoken }) => spoken !== ''));
    assert.ok(nodes.some(({ spoken }) => spoken === 'sleep, process 7 inside, 25441 outside'));
    assert.ok(nodes.some(({ spoken }) => spoken === 'user namespace, own, 4026532510'));
  });

  it('shows a terminal that has not been read yet', () => {
    const nodes = tree({ info: terminalInfo(1), snapshot: undefined });
    assert.deepEqual(rows(nodes), ['Anton 1 | anton · 25435']);
  });

  for (const [name, shown] of evilNames) {
    it(`shows ${shown} as harmless text`, () => {
      const nodes = all(tree(terminal(1, { processes: [process(1, name, 0)] })));
      assert.ok(nodes.some(({ label }) => label === `1 = 25435 ${shown}`));
      const texts = nodes.flatMap(({ label, description, spoken, tooltip }) => [
        label,
        description,
        spoken,
        ...tooltip.split('\n'),
      ]);
      assert.ok(texts.every((text) => !/[\p{Cc}\p{Cf}\p{Cs}]/u.test(text)));
    });
  }
});

describe('a change of the tree', () => {
  const more = { processes: [process(1, 'bash', 0), process(7, 'sleep', 1), process(8, 'top', 1)] };

  it('is none if all is as before', () => {
    assert.deepEqual(changedNodes(tree(terminal(1)), tree(terminal(1))), []);
  });

  it('is everything if a terminal came or went', () => {
    assert.equal(changedNodes(tree(terminal(1)), tree(terminal(1), terminal(2))), 'all');
  });

  it('is the processes of the terminal where one began', () => {
    const before = tree(terminal(1), terminal(2));
    const after = tree(terminal(1), terminal(2, more));
    assert.deepEqual(changedNodes(before, after), ['terminal/2/processes']);
  });

  it('is a single row if only that looks different', () => {
    const renamed = { processes: [process(1, 'bash', 0), process(7, 'cat', 1)] };
    assert.deepEqual(changedNodes(tree(terminal(1)), tree(terminal(1, renamed))), [
      'terminal/1/process/25441',
    ]);
  });
});
