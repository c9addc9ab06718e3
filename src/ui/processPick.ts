import * as vscode from 'vscode';
import type { MachineIndex } from '../inspect/machineIndex';
import type { MachineProcess } from '../inspect/snapshot';
import { harmless } from '../kernel/harmless';
import type { TerminalInfo } from '../runtime/runtime';
import type { Subject } from './inspector/subject';
import { t } from './language';
import { nameMaker } from './words/namespaces';

interface ProcessItem extends vscode.QuickPickItem {
  readonly pid: number;
}

/** Asks for a process by its name or PID: those with namespaces that are not the host's come first. */
export async function pickProcess(title: string, machine: MachineIndex): Promise<number | undefined> {
  const picked = await vscode.window.showQuickPick(processItems(machine), {
    title,
    placeHolder: t('Which process? Type its name or its PID.'),
    matchOnDescription: true,
    matchOnDetail: true,
  });
  return picked?.pid;
}

type CompareItem = vscode.QuickPickItem & { readonly other?: Subject | 'host' };

/** Asks what something is to be compared with: the host, a terminal, or a process. */
export async function pickToCompare(
  subject: Subject,
  terminals: readonly TerminalInfo[],
  machine: MachineIndex,
): Promise<Subject | 'host' | undefined> {
  const others = terminals.filter(({ id }) => !(subject.type === 'terminal' && subject.id === id));
  const separator = (label: string): CompareItem => ({ label, kind: vscode.QuickPickItemKind.Separator });
  const items: CompareItem[] = [
    { label: t('The host'), description: t('where VS Code runs'), other: 'host' },
    ...(others.length > 0 ? [separator(t('Terminals'))] : []),
    ...others.map(({ id, name, profile }): CompareItem => ({
      label: harmless(name),
      description: harmless(profile.name),
      other: { type: 'terminal', id },
    })),
    separator(t('Processes')),
    ...processItems(machine).map((item): CompareItem => ({
      ...item,
      other: { type: 'process', pid: item.pid },
    })),
  ];
  const picked = await vscode.window.showQuickPick(items, {
    title: t('Compare'),
    placeHolder: t('Compare it with what?'),
    matchOnDescription: true,
  });
  return picked?.other;
}

function processItems(machine: MachineIndex): ProcessItem[] {
  const { own, processes } = machine.snapshot;
  const ownKinds = ({ namespaces }: MachineProcess): string[] =>
    Object.entries(namespaces).flatMap(([kind, id]) => (own[kind as keyof typeof own] === id ? [] : [kind]));
  const items = processes
    .filter(({ isKernelThread, isZombie }) => !isKernelThread && !isZombie)
    .map((process) => {
      const { pid, pidChain, name, isHidden, namespaces } = process;
      const kinds = ownKinds(process);
      const maker = kinds
        .map((kind) => machine.namespace(namespaces[kind as keyof typeof namespaces] ?? (0 as never))?.maker)
        .find(Boolean);
      return {
        rank: kinds.length,
        item: {
          label: harmless(name),
          description: pidChain.length > 1 ? `${pid} (${pidChain.slice(1).join(', ')})` : String(pid),
          detail: isHidden
            ? t('namespaces hidden')
            : kinds.length === 0
              ? undefined
              : [maker ? nameMaker(maker) : '', t('own: {0}', kinds.join(', '))].filter(Boolean).join(' · '),
          pid,
        },
      };
    });
  return items
    .sort((a, b) => b.rank - a.rank || a.item.pid - b.item.pid)
    .map(({ item: { detail, ...item } }) => (detail === undefined ? item : { ...item, detail }));
}
