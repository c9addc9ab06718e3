import type { HostPerson } from '../../inspect/hostPerson';
import type { MachineNamespace } from '../../inspect/snapshot';
import { membersOf, subtree } from '../../inspect/processLists';
import { type ProcessFact, readFacts, type TerminalSnapshot } from '../../inspect/terminalSnapshot';
import { harmless } from '../../kernel/harmless';
import { type NamespaceIds, readNamespaces, readStatus } from '../../kernel/proc';
import { locale, t } from '../language';
import type { MachineWatcher } from '../machineWatch';
import type { SnapshotWatcher } from '../watch';
import { describePopulation, nameMaker, nameOwner, shortCommand } from '../words/namespaces';
import type { Compared } from './sections/compare';
import type { InspectorModel } from './protocol';
import type { Subject } from './subject';
import type { Reader } from './reader';
import { inspectorModel, processModel, type Surroundings } from './viewModel';

/** Makes the panel's model of whatever it is about: reads a terminal's, a process's or a namespace's facts. */
export class SubjectReader {
  constructor(
    private readonly watcher: SnapshotWatcher,
    private readonly machine: MachineWatcher,
    private readonly host: NamespaceIds,
    private readonly person: HostPerson,
  ) {}

  model(
    subject: Subject | undefined,
    other: Subject | 'host' | undefined,
    { asked, file }: Pick<Reader, 'asked' | 'file'>,
  ): InspectorModel {
    const machine = this.machine.current();
    const reader: Reader = {
      t: t,
      language: locale(),
      person: this.person,
      asked,
      file,
    };
    const around: Surroundings = { machine, compared: other && this.compared(other) };
    if (subject?.type === 'process') return this.ofProcess(subject.pid, around, reader);
    if (subject?.type === 'namespace') return this.ofNamespace(subject, around, reader);
    const terminals = this.watcher.current();
    const terminal = terminals.find(({ info }) => info.id === subject?.id);
    const joined = terminals.find(({ info }) => info.id === terminal?.info.joined)?.info;
    return inspectorModel(terminal, { ...around, joined }, reader);
  }

  private ofProcess(pid: number, around: Surroundings, reader: Reader): InspectorModel {
    const { t } = reader;
    const status = readStatus(pid);
    const title = status
      ? t('{0}, process {1}', harmless(status.name), String(pid))
      : t('Process {0}', String(pid));
    const snapshot = status && this.snapshot(pid, around.machine ? subtree(pid, around.machine) : []);
    const chain = status?.pidChain ?? [];
    const about = {
      title,
      profile: status ? t('uid {0}', String(status.uid)) : t('has ended'),
      process: chain.length > 1 ? t('PIDs from outside inwards: {0}', chain.join(' → ')) : '',
    };
    return processModel(`process/${pid}`, about, snapshot, around, reader);
  }

  private ofNamespace(
    { kind, id }: Subject & { type: 'namespace' },
    around: Surroundings,
    reader: Reader,
  ): InspectorModel {
    const { t } = reader;
    const namespace = around.machine?.namespace(id);
    const first = namespace?.firstPid;
    const title = `${kind} ${id}`;
    const about = {
      title,
      profile: namespace ? this.describe(namespace, reader) : t('is gone'),
      process:
        first === undefined
          ? ''
          : t('Seen from its first process: {0}', shortCommand(namespace?.command ?? '')),
    };
    const members = namespace && around.machine ? membersOf(namespace, around.machine) : [];
    const snapshot = first === undefined ? undefined : this.snapshot(first, members);
    return processModel(`namespace/${id}`, about, snapshot, around, reader);
  }

  private snapshot(pid: number, processes: readonly ProcessFact[]): TerminalSnapshot {
    return { ...readFacts(pid, this.host), processes };
  }

  private describe(namespace: MachineNamespace, { t, person }: Reader): string {
    return [
      describePopulation(namespace, t),
      t('made by {0}', nameOwner(namespace, person, t)),
      namespace.maker ? nameMaker(namespace.maker) : '',
    ]
      .filter(Boolean)
      .join(' · ');
  }

  private compared(other: Subject | 'host'): Compared {
    if (other === 'host') return { title: t('Host'), namespaces: this.host };
    if (other.type === 'terminal') {
      const info = this.watcher.current().find((each) => each.info.id === other.id)?.info;
      return info
        ? { title: harmless(info.name), namespaces: readNamespaces(info.pid) }
        : { title: t('ended'), namespaces: {} };
    }
    const pid = other.type === 'process' ? other.pid : this.machine.current()?.namespace(other.id)?.firstPid;
    const name = pid === undefined ? undefined : readStatus(pid)?.name;
    return pid === undefined || name === undefined
      ? { title: t('ended'), namespaces: {} }
      : { title: `${harmless(name)} ${pid}`, namespaces: readNamespaces(pid) };
  }
}
