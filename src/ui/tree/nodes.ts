import type { HostPerson } from '../../inspect/hostPerson';
import type { TerminalSnapshot } from '../../inspect/terminalSnapshot';
import { harmless } from '../../kernel/harmless';
import type { TerminalId } from '../../runtime/runtime';
import type { Translate } from '../translate';
import type { WatchedTerminal } from '../watch';
import { describeMap, type MapName } from '../words/idMaps';
import { describeState, explainKind } from '../words/kinds';
import { firstProcess, labelProcess, ownsPids, speakProcess } from '../words/processes';
import { processNodes } from './processNodes';

/** One row of the tree and what is under it, as plain data. */
export interface NodeModel {
  /** Unique in the tree, and the same for the same thing at another time. */
  readonly key: string;
  readonly terminal: TerminalId;
  readonly label: string;
  readonly description: string;
  readonly tooltip: string;
  /** What a screen reader says. */
  readonly spoken: string;
  readonly icon: NodeIcon;
  /** Matched by the menus in package.json. */
  readonly contextValue: string;
  readonly state: 'leaf' | 'expanded' | 'collapsed';
  /** What "Copy Id" copies, if there is an id. */
  readonly id: string | undefined;
  readonly children: readonly NodeModel[];
}

export type NodeIcon =
  | 'terminal'
  | 'joined'
  | 'own'
  | 'shared'
  | 'namespaces'
  | 'users'
  | 'user'
  | 'group'
  | 'processes'
  | 'process';

/** The tree of the running terminals; a joined one is under the one it joined, as long as that runs. */
export function terminalNodes(
  terminals: readonly WatchedTerminal[],
  person: HostPerson,
  t: Translate,
): readonly NodeModel[] {
  const running = new Set(terminals.map(({ info }) => info.id));
  const under = (parent: TerminalId | undefined): NodeModel[] =>
    terminals
      .filter(
        ({ info: { joined } }) =>
          (joined !== undefined && running.has(joined) ? joined : undefined) === parent,
      )
      .map((terminal) => terminalNode(terminal, under(terminal.info.id), person, t));
  return under(undefined);
}

function terminalNode(
  { info, snapshot }: WatchedTerminal,
  joined: readonly NodeModel[],
  person: HostPerson,
  t: Translate,
): NodeModel {
  const profile = harmless(info.profile.name);
  const origin = info.joined === undefined ? profile : t('joined');
  const first = firstProcess(info, snapshot);
  const process = first ? labelProcess(first, ownsPids(snapshot)) : String(info.pid);
  const spoken = first ? speakProcess(first, ownsPids(snapshot), t) : t('process {0}', String(info.pid));
  const name = harmless(info.name);
  const key = `terminal/${info.id}`;
  return {
    key,
    terminal: info.id,
    label: name,
    description: `${origin} · ${process}`,
    tooltip: [
      name,
      t('Profile: {0}', profile),
      t('Command: {0}', info.command.map(harmless).join(' ')),
      t('Folder: {0}', harmless(info.cwd)),
    ].join('\n'),
    spoken: `${name}, ${origin}, ${spoken}`,
    icon: info.joined === undefined ? 'terminal' : 'joined',
    contextValue: 'terminal.running',
    state: 'expanded',
    id: String(info.pid),
    children: snapshot ? [...groups(key, info.id, snapshot, person, t), ...joined] : joined,
  };
}

function groups(
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
      String(snapshot.processes.length),
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
      contextValue: 'idMap',
      state: 'leaf',
      id: undefined,
      children: [],
    }));
  };
  return [...nodes(snapshot.uidMap, 'uid_map'), ...nodes(snapshot.gidMap, 'gid_map')];
}
