import type { MachineIndex } from '../../inspect/machineIndex';
import type { TerminalSnapshot } from '../../inspect/terminalSnapshot';
import { harmless } from '../../kernel/harmless';
import type { NamespaceIds } from '../../kernel/proc';
import type { TerminalInfo } from '../../runtime/runtime';
import type { Translate } from '../translate';
import type { WatchedTerminal } from '../watch';
import { firstProcess, hasTwoPids, ownsPids } from '../words/processes';
import type { EmptyModel, InspectorModel, Sections, SubjectModel } from './protocol';
import type { Reader } from './reader';
import { type Compared, compareSection } from './sections/compare';
import { namespacesSection } from './sections/namespaces';
import { ownershipSection } from './sections/ownership';
import { processesSection } from './sections/processes';
import { stepsSection } from './sections/steps';
import { usersSection } from './sections/users';

/** What is around a subject: what it joined, who owns its namespaces, and what it is compared with. */
export interface Surroundings {
  /** The terminal it joined, if that still runs. */
  readonly joined?: TerminalInfo | undefined;
  /** The machine as it was scanned last. */
  readonly machine?: MachineIndex | undefined;
  readonly compared?: Compared | undefined;
}

/** What the side panel shows of a terminal: plain data, harmless, in the person's language. */
export function inspectorModel(
  terminal: WatchedTerminal | undefined,
  around: Surroundings,
  reader: Reader,
): InspectorModel {
  if (!terminal) return emptyModel(reader.t);
  const { info, snapshot } = terminal;
  return {
    type: 'subject',
    key: `terminal/${info.id}`,
    title: harmless(info.name),
    profile: describeProfile(info, around.joined, reader.t),
    process: describeProcess(info, snapshot, reader.t),
    menu: menuLabel(reader.t),
    sections: snapshot && {
      ...sections(snapshot, around, harmless(info.name), reader),
      users: usersSection(snapshot, reader, info),
      steps: stepsSection(info.steps, reader),
    },
  };
}

/**
 * The same of any process, or of a namespace by its first process.
 * @param about says what it is: 'process 25435', 'pid namespace 4026532510'.
 */
export function processModel(
  key: string,
  about: Pick<SubjectModel, 'title' | 'profile' | 'process'>,
  snapshot: TerminalSnapshot | undefined,
  around: Surroundings,
  reader: Reader,
): InspectorModel {
  return {
    type: 'subject',
    key,
    ...about,
    menu: menuLabel(reader.t),
    sections: snapshot && { ...sections(snapshot, around, about.title, reader), steps: undefined },
  };
}

function menuLabel(t: Translate): string {
  return t('Save or copy: {0}');
}

function emptyModel(t: Translate): EmptyModel {
  return {
    type: 'empty',
    text: t('Open a terminal to see its namespaces, its users and its processes here.'),
    button: t('New Terminal'),
  };
}

function describeProfile(info: TerminalInfo, joined: TerminalInfo | undefined, t: Translate): string {
  const profile = t('profile {0}', harmless(info.profile.name));
  if (joined) return t('{0} · joined {1}', profile, harmless(joined.name));
  const { entered } = info;
  if (!entered || info.joined !== undefined) return profile;
  const kinds = entered.kinds.join(', ');
  return kinds === ''
    ? t('joined process {0}, which is in the same namespaces', String(entered.pid))
    : t('joined process {0}: {1}', String(entered.pid), kinds);
}

function describeProcess(info: TerminalInfo, snapshot: TerminalSnapshot | undefined, t: Translate): string {
  const first = firstProcess(info, snapshot);
  if (!first) return t('process {0} outside', String(info.pid));
  const name = harmless(first.name);
  return hasTwoPids(first, ownsPids(snapshot))
    ? t('{0} inside is {1} outside · {2}', String(first.pidInside), String(first.pid), name)
    : t('{0} inside and outside · {1}', String(first.pid), name);
}

function sections(
  snapshot: TerminalSnapshot,
  { machine, compared }: Surroundings,
  title: string,
  reader: Reader,
): Omit<Sections, 'steps'> {
  const { t, person } = reader;
  const ids = Object.fromEntries(snapshot.namespaces.map(({ kind, id }) => [kind, id])) as NamespaceIds;
  return {
    namespaces: namespacesSection(snapshot.namespaces, t),
    users: usersSection(snapshot, reader),
    processes: processesSection(snapshot, t),
    ownership: machine && ownershipSection(ids, machine, person, t),
    compare: compared && compareSection({ title, namespaces: ids }, compared, t),
  };
}
