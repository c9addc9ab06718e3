import type { HostPerson } from '../../inspect/hostPerson';
import { mostProcesses, type NamespaceFact, type TerminalSnapshot } from '../../inspect/terminalSnapshot';
import type { MachineIndex } from '../../inspect/machineIndex';
import { harmless } from '../../kernel/harmless';
import type { NamespaceIds } from '../../kernel/proc';
import type { StepRecord, TerminalId, TerminalInfo } from '../../runtime/runtime';
import type { Translate } from '../translate';
import type { WatchedTerminal } from '../watch';
import { describeMap, describeOwner } from '../words/idMaps';
import { describeState, explainKind } from '../words/kinds';
import { firstProcess, hasTwoPids, ownsPids } from '../words/processes';
import { type Compared, compareSection } from './compareSection';
import { ownershipSection } from './ownershipSection';
import type { EmptyModel, InspectorModel, NamespaceRow, ProcessRow, Sections, StepsModel } from './protocol';
import { explainStep } from '../words/steps';
import { drawUsers } from './usersPicture';
import { mapForm } from './writtenMaps';

/** What the words depend on besides the terminal. */
export interface Reader {
  readonly t: Translate;
  /** BCP 47, for numbers. */
  readonly language: string;
  readonly person: HostPerson;
  /** Which terminal's form for writing maps was asked for last, and when. */
  readonly asked?: { readonly terminal: TerminalId; readonly at: number } | undefined;
}

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
    sections: snapshot && {
      ...sections(snapshot, around, harmless(info.name), reader),
      users: users(snapshot, reader, info),
      steps: steps(info.steps, reader),
    },
  };
}

/**
 * The same of any process, or of a namespace by its first process.
 * @param about says what it is: 'process 25435', 'pid namespace 4026532510'.
 */
export function processModel(
  key: string,
  about: { readonly title: string; readonly profile: string; readonly process: string },
  snapshot: TerminalSnapshot | undefined,
  around: Surroundings,
  reader: Reader,
): InspectorModel {
  return {
    type: 'subject',
    key,
    ...about,
    sections: snapshot && { ...sections(snapshot, around, about.title, reader), steps: undefined },
  };
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
    namespaces: {
      heading: t('Namespaces'),
      columns: { kind: t('Kind'), id: t('Id'), state: t('Whose'), hostId: t("Host's id") },
      rows: snapshot.namespaces.map((fact) => namespaceRow(fact, t)),
    },
    users: users(snapshot, reader),
    processes: processes(snapshot, t),
    ownership: machine && ownershipSection(ids, machine, person, t),
    compare: compared && compareSection({ title, namespaces: ids }, compared, t),
  };
}

function namespaceRow(fact: NamespaceFact, t: Translate): NamespaceRow {
  const id = fact.id === undefined ? '' : String(fact.id);
  const hostId = fact.hostId === undefined ? '' : String(fact.hostId);
  return {
    kind: fact.kind,
    meaning: explainKind(fact.kind, t),
    own: fact.own,
    ...describeState(fact, t),
    id,
    hostId,
    hostLine: hostId === '' || hostId === id ? '' : t('host {0}', hostId),
    copyLabel: t('Copy {0}, id of the {1} namespace', id, fact.kind),
  };
}

/** @param info of a terminal, whose maps may be written here. */
function users(
  snapshot: TerminalSnapshot,
  { t, person, asked }: Reader,
  info?: TerminalInfo,
): Sections['users'] {
  const own = snapshot.namespaces.some((fact) => fact.kind === 'user' && fact.own);
  const uid = describeMap(snapshot.uidMap, 'uid_map', own, person, t);
  const gid = describeMap(snapshot.gidMap, 'gid_map', own, person, t);
  return {
    heading: t('Users'),
    columns: { inside: t('Inside'), outside: t('Outside'), line: t('Line in the file') },
    picture: own && snapshot.uidMap ? drawUsers(snapshot.uidMap, uid, person, t) : undefined,
    tables: [
      { name: 'uid_map', ...uid },
      { name: 'gid_map', ...gid },
    ],
    owner: describeOwner(snapshot.uidMap, own, person, t),
    form: own && info ? mapForm(info, person, asked?.terminal === info.id ? asked.at : 0, t) : undefined,
  };
}

function processes(snapshot: TerminalSnapshot, t: Translate): Sections['processes'] {
  const ownPids = ownsPids(snapshot);
  const twoPids = snapshot.processes.some((process) => hasTwoPids(process, ownPids));
  const ancestors: number[] = [];
  const rows = snapshot.processes.map((process): ProcessRow => {
    const parent = process.depth === 0 ? undefined : ancestors[process.depth - 1];
    ancestors[process.depth] = process.pid;
    const name = harmless(process.name);
    return {
      pid: process.pid,
      inside: String(process.pidInside),
      outside: String(process.pid),
      name,
      depth: process.depth,
      under: parent === undefined ? '' : t('child of {0}', String(parent)),
      copyLabel: t('Copy {0}, PID of {1} outside', String(process.pid), name),
    };
  });
  const notes = [
    twoPids ? '' : t("The PID namespace is the host's: every process has one number."),
    rows.length < mostProcesses ? '' : t('Only the first {0} processes are shown.', mostProcesses),
  ];
  return {
    heading: t('Processes'),
    columns: {
      inside: t('Inside'),
      outside: twoPids ? t('Outside') : t('PID'),
      name: t('Name'),
    },
    twoPids,
    note: notes.filter(Boolean).join(' '),
    rows,
  };
}

function steps(records: readonly StepRecord[], { t, language }: Reader): StepsModel {
  const digits = (count: number): Intl.NumberFormat =>
    new Intl.NumberFormat(language, { minimumFractionDigits: count, maximumFractionDigits: count });
  const [whole, fine] = [digits(0), digits(2)];
  const total = records.reduce((latest, { begin, duration }) => Math.max(latest, begin + duration), 0);
  return {
    heading: t('How it was made'),
    columns: { step: t('Step'), meaning: t('What it does'), took: t('Time') },
    total: records.length === 0 ? '' : t('{0} ms from the request to the program', fine.format(total / 1000)),
    copy: { label: t('Copy as text'), text: stepsAsText(records) },
    rows: records.map(({ step, call, code, duration }) => ({
      call: harmless(call),
      meaning: explainStep(step, t),
      took: t('{0} µs', whole.format(duration)),
      failed: code === '' ? '' : t('failed: {0}', harmless(code)),
    })),
  };
}

/** `   1312 µs  clone(CLONE_NEWUSER|SIGCHLD) = 25435`: the same in every language, to be pasted into a report. */
function stepsAsText(records: readonly StepRecord[]): string {
  return records
    .map(({ call, duration }) => `${duration.toFixed(0).padStart(7)} µs  ${harmless(call)}\n`)
    .join('');
}
