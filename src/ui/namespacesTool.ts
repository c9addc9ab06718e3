import * as vscode from 'vscode';
import { filterMachine } from '../inspect/machineFilter';
import { toLsnsJson } from '../inspect/lsnsJson';
import type { MachineIndex } from '../inspect/machineIndex';
import type { MachineSnapshot } from '../inspect/snapshot';
import { readUserNames } from '../inspect/userNames';
import type { TerminalInfo } from '../runtime/runtime';
import { Disposable } from './disposable';
import { t } from './language';
import { machineMarks } from './machineTree/marks';
import { languageModelTool } from './names';

/** What an assistant may ask for; see the schema in package.json. */
export interface NamespacesQuestion {
  readonly filter?: string;
}

/** More namespaces than this would fill an assistant's mind with one answer. */
const mostNamespaces = 200;

/** Lets a language model look at the namespaces of this machine. It reads only. */
export class NamespacesTool extends Disposable implements vscode.LanguageModelTool<NamespacesQuestion> {
  constructor(
    private readonly scan: () => Promise<MachineIndex>,
    private readonly terminals: () => readonly TerminalInfo[],
  ) {
    super();
    this.register(vscode.lm.registerTool(languageModelTool, this));
  }

  prepareInvocation(): vscode.PreparedToolInvocation {
    return { invocationMessage: t('Looking at the namespaces of this machine') };
  }

  async invoke({
    input,
  }: vscode.LanguageModelToolInvocationOptions<NamespacesQuestion>): Promise<vscode.LanguageModelToolResult> {
    const index = await this.scan();
    const answer = namespacesAnswer(index, this.terminals(), input, readUserNames());
    return new vscode.LanguageModelToolResult([new vscode.LanguageModelTextPart(JSON.stringify(answer))]);
  }
}

/** The namespaces that a question is about, as `lsns -J` tells them, with the terminals that are in them. */
export function namespacesAnswer(
  index: MachineIndex,
  terminals: readonly Pick<TerminalInfo, 'name' | 'pid'>[],
  { filter = '' }: NamespacesQuestion,
  userNames: ReadonlyMap<number, string>,
): object {
  const marks = machineMarks(terminals, index);
  const filtered = filterMachine(index, filter, (id) => marks.get(id) ?? '');
  const { snapshot } = index;
  const found = snapshot.namespaces.filter((each) => filtered.matches(each));
  const shown: MachineSnapshot = { ...snapshot, namespaces: found.slice(0, mostNamespaces) };
  const rows = toLsnsJson(shown, (uid) => userNames.get(uid)).namespaces;
  return {
    host: snapshot.own,
    namespaces: rows.map((row, i) => {
      const { id, maker, holders, uidMap, gidMap } = shown.namespaces[i] ?? {};
      const terminal = id === undefined ? undefined : marks.get(id);
      return {
        ...row,
        ...(terminal === undefined ? {} : { antonTerminal: terminal }),
        ...(maker ? { madeBy: maker } : {}),
        ...(holders && holders.length > 0 ? { keptBy: holders } : {}),
        ...(uidMap ? { uidMap } : {}),
        ...(gidMap ? { gidMap } : {}),
      };
    }),
    leftOut: found.length - shown.namespaces.length,
    hiddenProcesses: snapshot.limits.hiddenProcesses,
  };
}
