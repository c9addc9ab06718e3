import type { HostPerson } from '../../inspect/hostPerson';
import type { TerminalSnapshot } from '../../inspect/terminalSnapshot';
import { harmless } from '../../kernel/harmless';
import type { TerminalId, TerminalInfo } from '../../runtime/runtime';
import type { Translate } from '../translate';
import type { WatchedTerminal } from '../watch';
import { firstProcess, labelProcess, ownsPids, speakProcess } from '../words/processes';
import { groupNodes } from './groupNodes';

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

/** What was made of a snapshot before: a terminal that has not changed is not put into words again. */
export type KnownGroups = WeakMap<TerminalSnapshot, readonly NodeModel[]>;

/** The tree of the running terminals; a joined one is under the one it joined, as long as that runs. */
export function terminalNodes(
  terminals: readonly WatchedTerminal[],
  person: HostPerson,
  t: Translate,
  known: KnownGroups = new WeakMap(),
): readonly NodeModel[] {
  const groupsOf = ({ info, snapshot }: WatchedTerminal): readonly NodeModel[] => {
    if (!snapshot) return [];
    const groups = known.get(snapshot) ?? groupNodes(keyOf(info.id), info.id, snapshot, person, t);
    known.set(snapshot, groups);
    return groups;
  };
  const running = new Set(terminals.map(({ info }) => info.id));
  const under = (parent: TerminalId | undefined): NodeModel[] =>
    terminals
      .filter(
        ({ info: { joined } }) =>
          (joined !== undefined && running.has(joined) ? joined : undefined) === parent,
      )
      .map((terminal) => terminalNode(terminal, [...groupsOf(terminal), ...under(terminal.info.id)], t));
  return under(undefined);
}

function terminalNode(
  { info, snapshot }: WatchedTerminal,
  children: readonly NodeModel[],
  t: Translate,
): NodeModel {
  const profile = harmless(info.profile.name);
  const origin = originOf(info, profile, t);
  const first = firstProcess(info, snapshot);
  const process = first ? labelProcess(first, ownsPids(snapshot)) : String(info.pid);
  const spoken = first ? speakProcess(first, ownsPids(snapshot), t) : t('process {0}', String(info.pid));
  const name = harmless(info.name);
  return {
    key: keyOf(info.id),
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
    icon: info.joined !== undefined || info.entered ? 'joined' : 'terminal',
    contextValue: ownsUsers(snapshot) ? 'terminal.running.own' : 'terminal.running',
    state: 'expanded',
    id: String(info.pid),
    children,
  };
}

/** The profile, or whose namespaces it entered: under a terminal that it joined, the word is enough. */
function originOf({ joined, entered }: TerminalInfo, profile: string, t: Translate): string {
  if (joined !== undefined) return t('joined');
  return entered ? t('joined process {0}', String(entered.pid)) : profile;
}

function ownsUsers(snapshot: TerminalSnapshot | undefined): boolean {
  return snapshot?.namespaces.some(({ kind, own }) => kind === 'user' && own) === true;
}

function keyOf(id: TerminalId): string {
  return `terminal/${id}`;
}
