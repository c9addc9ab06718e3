import type { HostPerson } from '../../inspect/hostPerson';
import type { MachineNamespace, MachineProcess } from '../../inspect/snapshot';
import { harmless } from '../../kernel/harmless';
import type { NamespaceId } from '../../kernel/kinds';
import { counted, type Translate } from '../translate';
import { explainKind } from '../words/kinds';
import { describeHolder, describePopulation, nameMaker, nameOwner, shortCommand } from '../words/namespaces';
import type { MachineNode, MachineView } from './nodes';

/** A row as it is drawn. */
export interface MachineRow {
  readonly label: string;
  readonly description: string;
  readonly tooltip: string;
  /** What a screen reader says. */
  readonly spoken: string;
  readonly icon: 'kind' | 'host' | 'marked' | 'namespace' | 'process' | 'more' | 'hidden';
  /** Matched by the menus in package.json. */
  readonly contextValue: string;
  readonly state: 'leaf' | 'expanded' | 'collapsed';
}

/** Whom the rows are for. */
export interface RowReader {
  readonly t: Translate;
  readonly person: HostPerson;
  /** The names of Anton's terminals that have a namespace for themselves; '' for other namespaces. */
  readonly markOf: (id: NamespaceId) => string;
  /** While a filter is set, what it found is opened. */
  readonly isFiltered: boolean;
}

export function machineRow(view: MachineView, node: MachineNode, reader: RowReader): MachineRow {
  const { t } = reader;
  switch (node.type) {
    case 'kind': {
      const all = view.index.ofKind(node.kind);
      const shown = all.filter((each) => view.filter.matches(each)).length;
      const count = shown === all.length ? String(shown) : t('{0} of {1}', shown, all.length);
      return {
        ...{ label: node.kind, description: count, icon: 'kind', contextValue: 'kind' },
        tooltip: explainKind(node.kind, t),
        spoken: t('{0} namespaces, {1}', node.kind, count),
        state: reader.isFiltered ? 'expanded' : 'collapsed',
      };
    }
    case 'namespace': {
      const namespace = view.index.namespace(node.id);
      return namespace ? namespaceRow(namespace, node.saysKind, view, reader) : gone(String(node.id), t);
    }
    case 'process': {
      const process = view.index.process(node.pid);
      return process ? processRow(process, t) : gone(String(node.pid), t);
    }
    case 'more':
      return note(t('{0} more', node.count), t('Filter the tree to find what you look for.'), 'more');
    case 'ownerless':
      return {
        ...note(
          t('Owner not visible'),
          t('The user namespace that owns these is outside of yours.'),
          'hidden',
        ),
        state: reader.isFiltered ? 'expanded' : 'collapsed',
      };
    case 'hidden': {
      const { hiddenProcesses } = view.index.snapshot.limits;
      return note(
        counted(
          t,
          hiddenProcesses,
          'Hidden: the namespaces of {0} process',
          'Hidden: the namespaces of {0} processes',
        ),
        t('They run as somebody else. Who may trace a process may see its namespaces: its owner, or root.'),
        'hidden',
      );
    }
  }
}

function namespaceRow(
  namespace: MachineNamespace,
  saysKind: boolean,
  view: MachineView,
  { t, person, markOf, isFiltered }: RowReader,
): MachineRow {
  const { kind, id, maker } = namespace;
  const mark = markOf(id);
  const isHost = view.index.snapshot.own[kind] === id;
  const whose = isHost ? t('host') : mark !== '' ? harmless(mark) : maker ? nameMaker(maker) : '';
  const owner = nameOwner(namespace, person, t);
  const command = isHost ? '' : shortCommand(namespace.command);
  const parts = [whose, describePopulation(namespace, t), command, owner].filter(Boolean);
  const hasChildren = view.arrangement === 'ownership' && kind === 'user' ? true : namespace.processCount > 0;
  const isOpen =
    view.arrangement === 'ownership' && kind === 'user'
      ? isHost || isFiltered
      : view.filter.holdsMatches(namespace);
  return {
    label: saysKind ? `${kind} ${id}` : String(id),
    description: parts.join(' · '),
    tooltip: tooltipOf(namespace, owner, t),
    spoken: [t('{0} namespace {1}', kind, String(id)), ...parts].join(', '),
    icon: isHost ? 'host' : mark !== '' ? 'marked' : 'namespace',
    contextValue: `machine.namespace${namespace.firstPid === undefined ? '' : '.occupied'}`,
    state: !hasChildren ? 'leaf' : isOpen ? 'expanded' : 'collapsed',
  };
}

function tooltipOf(namespace: MachineNamespace, owner: string, t: Translate): string {
  const { kind, id, command, firstPid, holders, parent, lastingId } = namespace;
  return [
    `${kind}:[${id}]`,
    explainKind(kind, t),
    firstPid === undefined ? '' : t('First process: {0} {1}', String(firstPid), harmless(command)),
    t('Owner: {0}', owner),
    typeof parent === 'number' ? t('Made in: {0}', String(parent)) : '',
    lastingId === undefined ? '' : t('Lasting id: {0}', String(lastingId)),
    ...holders.map((holder) => describeHolder(holder, t)),
  ]
    .filter(Boolean)
    .join('\n');
}

function processRow(
  { pid, pidChain, name, threadCount, isZombie }: MachineProcess,
  t: Translate,
): MachineRow {
  const inside = pidChain.at(-1) ?? pid;
  const pids = pidChain.length > 1 ? `${inside} = ${pid}` : String(pid);
  const safe = harmless(name);
  const more = [
    isZombie ? t('ended') : '',
    threadCount > 1 ? counted(t, threadCount, '{0} thread', '{0} threads') : '',
  ];
  return {
    label: `${pids} ${safe}`,
    description: more.filter(Boolean).join(' · '),
    tooltip:
      pidChain.length > 1 ? t('PIDs from outside inwards: {0}', pidChain.join(' → ')) : t('PID {0}', pid),
    spoken:
      pidChain.length > 1
        ? t('{0}, process {1} inside, {2} outside', safe, String(inside), String(pid))
        : t('{0}, process {1}', safe, String(pid)),
    icon: 'process',
    contextValue: 'machine.process',
    state: 'leaf',
  };
}

function note(label: string, tooltip: string, icon: 'more' | 'hidden'): MachineRow {
  return {
    label,
    description: '',
    tooltip,
    spoken: `${label}. ${tooltip}`,
    icon,
    contextValue: 'note',
    state: 'leaf',
  };
}

/** Between two scans a row may outlive what it shows. */
function gone(label: string, t: Translate): MachineRow {
  return { ...note(label, t('It is gone.'), 'more'), description: t('gone') };
}
