import type { ProcessFact, TerminalSnapshot } from '../../inspect/terminalSnapshot';
import { harmless } from '../../kernel/harmless';
import type { TerminalId } from '../../runtime/runtime';
import type { Translate } from '../translate';
import { hasTwoPids, labelProcess, ownsPids, speakProcess } from '../words/processes';
import type { NodeModel } from './nodes';

/** The processes as a tree: each under its parent. */
export function processNodes(
  prefix: string,
  terminal: TerminalId,
  snapshot: TerminalSnapshot,
  t: Translate,
): readonly NodeModel[] {
  const ownPids = ownsPids(snapshot);
  const roots: NodeModel[] = [];
  const lists: NodeModel[][] = [roots];
  for (const process of snapshot.processes) {
    const children: NodeModel[] = [];
    (lists[process.depth] ?? roots).push(processNode(prefix, terminal, process, ownPids, children, t));
    lists[process.depth + 1] = children;
  }
  return withStates(roots);
}

function processNode(
  prefix: string,
  terminal: TerminalId,
  process: ProcessFact,
  ownPids: boolean,
  children: readonly NodeModel[],
  t: Translate,
): NodeModel {
  const pids = hasTwoPids(process, ownPids)
    ? [t('PID inside: {0}', String(process.pidInside)), t('PID outside: {0}', String(process.pid))]
    : [t('PID: {0}', String(process.pid))];
  return {
    key: `${prefix}/${process.pid}`,
    terminal,
    label: labelProcess(process, ownPids),
    description: '',
    tooltip: [harmless(process.name), ...pids].join('\n'),
    spoken: speakProcess(process, ownPids, t),
    icon: 'process',
    contextValue: 'process',
    state: 'leaf',
    id: String(process.pid),
    children,
  };
}

/**
 * Whether a process has children is known only once all are there. VS Code keeps a row's state by its key and takes a
 * leaf for a closed row, so a process gets another key with its first child: that child is then to be seen.
 */
function withStates(nodes: readonly NodeModel[]): readonly NodeModel[] {
  return nodes.map((node) => {
    if (node.children.length === 0) return node;
    return { ...node, key: `${node.key}+`, state: 'expanded', children: withStates(node.children) };
  });
}
