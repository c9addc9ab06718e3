import type { MachineIndex } from '../../inspect/machineIndex';
import type { Filtered } from '../../inspect/machineFilter';
import type { MachineNamespace, MachineProcess } from '../../inspect/snapshot';
import type { NamespaceId, NamespaceKind } from '../../kernel/kinds';

/** How the tree of the machine's namespaces is arranged. */
export type Arrangement = 'kind' | 'ownership';

/** One row of that tree. It names what it shows, so that it stays the same while that changes. */
export type MachineNode =
  | { readonly type: 'kind'; readonly key: string; readonly kind: NamespaceKind }
  | {
      readonly type: 'namespace';
      readonly key: string;
      readonly kind: NamespaceKind;
      readonly id: NamespaceId;
      /** Whether the kind has to be said: not under a row that says it. */
      readonly saysKind: boolean;
    }
  | { readonly type: 'process'; readonly key: string; readonly pid: number; readonly kind: NamespaceKind }
  /** Processes that are not listed. */
  | { readonly type: 'more'; readonly key: string; readonly count: number }
  /** Namespaces whose owner is hidden. */
  | { readonly type: 'ownerless'; readonly key: string }
  /** What may not be seen. */
  | { readonly type: 'hidden'; readonly key: string };

/** More rows help nobody: a filter finds what is looked for. */
export const mostRows = 500;

export interface MachineView {
  readonly index: MachineIndex;
  readonly arrangement: Arrangement;
  readonly filter: Filtered;
}

/** The rows under a row, or those at the top. */
export function childNodes(view: MachineView, node?: MachineNode): readonly MachineNode[] {
  if (!node) return topNodes(view);
  switch (node.type) {
    case 'kind':
      return view.index
        .ofKind(node.kind)
        .filter((each) => view.filter.matches(each))
        .map((each) => namespaceNode(each, node.key, false));
    case 'namespace':
      return underNamespace(view, node);
    case 'ownerless':
      return view.index
        .withoutOwner()
        .filter((each) => view.filter.matches(each))
        .map((each) => namespaceNode(each, node.key, true));
    default:
      return [];
  }
}

function topNodes({ index, arrangement, filter }: MachineView): readonly MachineNode[] {
  const { kinds, namespaces, limits } = index.snapshot;
  const hidden: MachineNode[] = limits.hiddenProcesses > 0 ? [{ type: 'hidden', key: 'hidden' }] : [];
  if (arrangement === 'kind') {
    const shown = new Set(namespaces.filter((each) => filter.matches(each)).map(({ kind }) => kind));
    const rows = kinds.filter((kind) => shown.has(kind));
    return [...rows.map((kind): MachineNode => ({ type: 'kind', key: kind, kind })), ...hidden];
  }
  const tops = index.topUserNamespaces().filter((each) => filter.leadsToMatch(each));
  const ownerless = index.withoutOwner().some((each) => filter.matches(each));
  return [
    ...tops.map((each) => namespaceNode(each, '', true)),
    ...(ownerless ? [{ type: 'ownerless', key: 'ownerless' } as const] : []),
    ...hidden,
  ];
}

function underNamespace(
  view: MachineView,
  node: MachineNode & { type: 'namespace' },
): readonly MachineNode[] {
  const { index, filter, arrangement } = view;
  const namespace = index.namespace(node.id);
  if (!namespace) return [];
  if (arrangement === 'ownership' && namespace.kind === 'user') {
    const owned = index.owned(namespace).filter((each) => filter.matches(each));
    const nested = index.nested(namespace).filter((each) => filter.leadsToMatch(each));
    return [...owned, ...nested].map((each) => namespaceNode(each, node.key, true));
  }
  return processNodes(index.members(namespace), namespace, node.key, filter);
}

function processNodes(
  members: readonly MachineProcess[],
  namespace: MachineNamespace,
  parent: string,
  filter: Filtered,
): readonly MachineNode[] {
  const shown = firstFirst(
    members.filter((each) => filter.shows(each, namespace)),
    namespace,
  );
  const rows = shown
    .slice(0, mostRows)
    .map(({ pid }): MachineNode => ({ type: 'process', key: `${parent}/${pid}`, pid, kind: namespace.kind }));
  const more = shown.length - rows.length;
  return more === 0 ? rows : [...rows, { type: 'more', key: `${parent}/more`, count: more }];
}

/** Once the host's PIDs have begun anew, those of a namespace's first process need not be the smallest. */
function firstFirst(
  processes: readonly MachineProcess[],
  { kind }: MachineNamespace,
): readonly MachineProcess[] {
  const first = kind === 'pid' ? processes.findIndex(({ pidChain }) => pidChain.at(-1) === 1) : -1;
  const init = processes[first];
  return first > 0 && init ? [init, ...processes.slice(0, first), ...processes.slice(first + 1)] : processes;
}

function namespaceNode({ kind, id }: MachineNamespace, parent: string, saysKind: boolean): MachineNode {
  return { type: 'namespace', key: parent === '' ? String(id) : `${parent}/${id}`, kind, id, saysKind };
}
