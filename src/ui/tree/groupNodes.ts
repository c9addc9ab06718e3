import type { HostPerson } from '../../inspect/hostPerson';
import { mostProcesses, type TerminalSnapshot } from '../../inspect/terminalSnapshot';
import type { TerminalId } from '../../runtime/runtime';
import type { Translate } from '../translate';
import { describeMap, type MapName } from '../words/idMaps';
import { describeState, explainKind } from '../words/kinds';
import type { NodeModel } from './nodes';
import { processNodes } from './processNodes';

/** What is under a terminal: its namespaces, its users and its processes. */
export function groupNodes(
  key: string,
  terminal: TerminalId,
  snapshot: TerminalSnapshot,
  person: HostPerson,
  t: Translate,
): NodeModel[] {
  const group = (
    name: 'namespaces' | 'users' | 'processes',
    label: string,
    description: string,
    tooltip: string,
    children: readonly NodeModel[],
  ): NodeModel => ({
    key: `${key}/${name}`,
    terminal,
    label,
    description,
    tooltip,
    spoken: `${label}, ${description}`,
    icon: name,
    contextValue: `group.${name}`,
    state: name === 'processes' ? 'expanded' : 'collapsed',
    id: undefined,
    children,
  });
  const own = snapshot.namespaces.filter((each) => each.own).length;
  const namespaces = namespaceNodes(key, terminal, snapshot, t);
  const users = userNodes(key, terminal, snapshot, person, t);
  return [
    group(
      'namespaces',
      t('Namespaces'),
      t('{0} of {1} own', own, namespaces.length),
      t('What this terminal has for itself, and what it shares with the host.'),
      namespaces,
    ),
    group(
      'users',
      t('Users'),
      users[0]?.label ?? '',
      t('Who a user or group inside is outside: uid_map and gid_map.'),
      users,
    ),
    group(
      'processes',
      t('Processes'),
      snapshot.processes.length < mostProcesses
        ? String(snapshot.processes.length)
        : t('the first {0}', mostProcesses),
      t('PID inside = PID outside, and the name.'),
      processNodes(`${key}/process`, terminal, snapshot, t),
    ),
  ];
}

function namespaceNodes(
  key: string,
  terminal: TerminalId,
  snapshot: TerminalSnapshot,
  t: Translate,
): NodeModel[] {
  return snapshot.namespaces.map((fact) => {
    const { state } = describeState(fact, t);
    const id = fact.id === undefined ? undefined : String(fact.id);
    const host = fact.own ? t("The host's is {0}.", String(fact.hostId)) : '';
    return {
      key: `${key}/namespace/${fact.kind}`,
      terminal,
      label: fact.kind,
      description: [id, state].filter(Boolean).join(' '),
      tooltip: [explainKind(fact.kind, t), host].filter(Boolean).join('\n'),
      spoken: [t('{0} namespace', fact.kind), state, id].filter(Boolean).join(', '),
      icon: fact.own ? 'own' : 'shared',
      contextValue: fact.own ? 'namespace.own' : 'namespace.shared',
      state: 'leaf',
      id,
      children: [],
    };
  });
}

function userNodes(
  key: string,
  terminal: TerminalId,
  snapshot: TerminalSnapshot,
  person: HostPerson,
  t: Translate,
): NodeModel[] {
  const own = snapshot.namespaces.some((fact) => fact.kind === 'user' && fact.own);
  const nodes = (map: TerminalSnapshot['uidMap'], which: MapName): NodeModel[] => {
    const { note, rows } = describeMap(map, which, own, person, t);
    const prefix = which === 'uid_map' ? 'uid' : 'gid';
    const lines = rows.map(({ sentence }) => `${prefix}: ${sentence}`);
    return [note, ...lines].filter(Boolean).map((label, i) => ({
      key: `${key}/${which}/${i}`,
      terminal,
      label,
      description: '',
      tooltip: `${label}\n/proc/PID/${which}${rows[i]?.line ? `: ${rows[i].line}` : ''}`,
      spoken: label,
      icon: which === 'uid_map' ? 'user' : 'group',
      contextValue: own ? (map?.length === 0 ? 'idMap.own.empty' : 'idMap.own') : 'idMap',
      state: 'leaf',
      id: undefined,
      children: [],
    }));
  };
  return [...nodes(snapshot.uidMap, 'uid_map'), ...nodes(snapshot.gidMap, 'gid_map')];
}
