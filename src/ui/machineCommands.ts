import * as vscode from 'vscode';
import { toLsnsJson } from '../inspect/lsnsJson';
import type { MachineIndex } from '../inspect/machineIndex';
import { readUserNames } from '../inspect/userNames';
import { namespaceKinds, type NamespaceKind } from '../kernel/kinds';
import { readNamespaces } from '../kernel/proc';
import type { Handler } from './commands';
import type { InspectorView } from './inspector/inspectorView';
import type { Subject } from './inspector/subject';
import { t } from './language';
import type { MachineNode } from './machineTree/nodes';
import type { MachineWatcher } from './machineWatch';
import { command } from './names';
import type { NamespacesTree } from './namespacesTree';
import type { Opener } from './opener';
import { askFilter } from './filterBox';
import { pickProcess, pickToCompare } from './processPick';
import type { Runtime } from '../runtime/runtime';
import { BadRequest } from './reporter';
import { counted } from './translate';

/** The commands that are about the machine's namespaces. */
const machineCommand = {
  arrangeByKind: command.arrangeByKind,
  arrangeByOwnership: command.arrangeByOwnership,
  filterNamespaces: command.filterNamespaces,
  clearFilter: command.clearFilter,
  inspect: command.inspect,
  inspectProcess: command.inspectProcess,
  openTerminalIn: command.openTerminalIn,
  compare: command.compare,
  copyNamespacesAsJson: command.copyNamespacesAsJson,
} as const;

export type MachineCommandName = (typeof machineCommand)[keyof typeof machineCommand];

export interface MachineParts {
  readonly watcher: MachineWatcher;
  readonly tree: NamespacesTree;
  readonly inspector: InspectorView;
  readonly opener: Opener;
  readonly runtime: Pick<Runtime, 'list'>;
}

export function machineHandlers(parts: MachineParts): Record<MachineCommandName, Handler> {
  const { watcher, tree, inspector, opener, runtime } = parts;
  const inspect = async (argument: unknown): Promise<void> => {
    const subject = subjectOf(argument) ?? (await pickedProcess(t('Inspect Process'), watcher));
    if (subject) await inspector.inspect(subject);
  };
  return {
    [machineCommand.arrangeByKind]: () => tree.arrange('kind'),
    [machineCommand.arrangeByOwnership]: () => tree.arrange('ownership'),
    [machineCommand.filterNamespaces]: () => askFilter(tree),
    [machineCommand.clearFilter]: () => tree.setFilter(''),
    [machineCommand.inspect]: inspect,
    [machineCommand.inspectProcess]: inspect,
    [machineCommand.openTerminalIn]: async (argument) => {
      const subject = subjectOf(argument) ?? (await pickedProcess(t('Open Terminal Inside'), watcher));
      if (subject) await opener.openQuietly({ join: entryOf(subject, await watcher.once()) });
    },
    [machineCommand.compare]: async (argument) => {
      const subject =
        subjectOf(argument) ?? inspector.subject ?? (await pickedProcess(t('Compare'), watcher));
      const other = subject && (await pickToCompare(subject, runtime.list(), await watcher.once()));
      if (other) await inspector.compareWith(subject, other);
    },
    [machineCommand.copyNamespacesAsJson]: async () => {
      const names = readUserNames();
      const json = toLsnsJson((await watcher.once()).snapshot, (uid) => names.get(uid));
      await vscode.env.clipboard.writeText(`${JSON.stringify(json, undefined, 3)}\n`);
      vscode.window.setStatusBarMessage(
        counted(t, json.namespaces.length, 'Copied {0} namespace as JSON', 'Copied {0} namespaces as JSON'),
        5000,
      );
    },
  };
}

async function pickedProcess(title: string, watcher: MachineWatcher): Promise<Subject | undefined> {
  const pid = await pickProcess(title, await watcher.once());
  return pid === undefined ? undefined : { type: 'process', pid };
}

/** What a row of the tree, or an argument `{ pid }` or `{ kind, id }`, is about. */
function subjectOf(argument: unknown): Subject | undefined {
  if (typeof argument !== 'object' || argument === null) return undefined;
  const { type, pid, kind, id, terminal } = argument as Readonly<Record<string, unknown>>;
  if (typeof terminal === 'number') return { type: 'terminal', id: terminal as never };
  if (typeof pid === 'number' && (type === undefined || type === 'process')) return { type: 'process', pid };
  if (typeof id !== 'number' || (type !== undefined && type !== 'namespace')) return undefined;
  const known = namespaceKinds.find((each) => each === kind);
  return known && { type: 'namespace', kind: known, id: id as never };
}

/** What "Copy Id" copies of a row: a namespace's id, a process's PID. */
export function idOfNode(argument: unknown): string | undefined {
  const node = argument as MachineNode | undefined;
  if (node?.type === 'namespace') return String(node.id);
  return node?.type === 'process' ? String(node.pid) : undefined;
}

/**
 * The process by which a subject's namespaces are entered, and the kinds: for one namespace, with the user namespace
 * that owns it where that is not one's own, because only there one has the right to enter it.
 */
function entryOf(subject: Subject, machine: MachineIndex): number | { pid: number; kinds?: NamespaceKind[] } {
  if (subject.type === 'terminal') return subject.id;
  if (subject.type === 'process') return { pid: subject.pid };
  const namespace = machine.namespace(subject.id);
  const pid = namespace?.firstPid;
  if (!namespace || pid === undefined)
    throw new BadRequest(t('No process is in this namespace, so there is none by which to enter it.'));
  const isForeign = readNamespaces(pid).user !== machine.snapshot.own.user;
  return { pid, kinds: isForeign && namespace.kind !== 'user' ? ['user', namespace.kind] : [namespace.kind] };
}
