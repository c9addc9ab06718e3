import * as path from 'node:path';
import * as vscode from 'vscode';
import type { OpenTerminalOptions } from '../api';
import { splitCommandLine, UnfinishedLine } from '../runtime/commandLine';
import type { Runtime, TerminalId, TerminalInfo } from '../runtime/runtime';
import { readNamespaces } from '../kernel/proc';
import type { ClassCommandName } from './class/classCommands';
import { Disposable } from './disposable';
import type { InspectorView } from './inspector/inspectorView';
import type { InspectorCommandName } from './inspectorCommands';
import { t } from './language';
import type { Lessons } from './lessons/lessons';
import { idOfNode, type MachineCommandName } from './machineCommands';
import type { MachineDocument } from './machineDocument';
import { command, type CommandName } from './names';
import { askFolder, checkCommand, checkFolder, type Opener } from './opener';
import type { ProfileDocuments } from './profileDocument';
import { pickProfile } from './profilePick';
import type { Reporter } from './reporter';
import type { Terminals } from './terminals';

export type Handler = (argument: unknown) => unknown;

/** A row of the tree: what its commands get as their argument. */
export interface Row {
  readonly terminal: TerminalId;
  readonly id: string | undefined;
}

/** The commands. Each asks for what its argument leaves open, and answers with a message where it cannot do its work. */
export class Commands extends Disposable {
  constructor(
    private readonly runtime: Runtime,
    private readonly terminals: Terminals,
    private readonly opener: Opener,
    private readonly reporter: Reporter,
    private readonly log: vscode.LogOutputChannel,
    private readonly documents: ProfileDocuments,
    private readonly machine: MachineDocument,
    private readonly inspector: InspectorView,
    private readonly lessons: Lessons,
    otherHandlers: Record<MachineCommandName | InspectorCommandName | ClassCommandName, Handler>,
  ) {
    super();
    const handlers: Record<CommandName, Handler> = {
      ...otherHandlers,
      [command.newTerminal]: (argument) => this.newTerminal(argument),
      [command.newTerminalWithProfile]: () => this.newTerminalWithProfile(),
      [command.newTerminalHere]: (argument) => this.newTerminalHere(argument),
      [command.runCommand]: (argument) => this.runCommand(argument),
      [command.joinTerminal]: (argument) => this.joinTerminal(argument),
      [command.splitTerminal]: () => this.joinTerminal({ id: this.terminals.current() }),
      [command.writeIdMaps]: (argument) => this.writeIdMaps(argument),
      [command.killTerminal]: (argument) => this.killTerminal(argument),
      [command.showTerminal]: (argument) => this.showTerminal(argument),
      [command.copyId]: (argument) => copyId(argument),
      [command.showProfile]: (argument) => this.showProfile(argument),
      [command.checkMachine]: () => this.machine.check(),
      [command.openLesson]: (argument) => this.lessons.open(isArguments(argument) ? argument : {}),
      [command.newLesson]: () => this.lessons.make(),
      [command.previewLesson]: (argument) => this.lessons.preview(argument),
      [command.showLog]: () => {
        this.log.show();
      },
    };
    for (const [name, handler] of Object.entries(handlers)) {
      this.register(
        vscode.commands.registerCommand(name, (argument: unknown) => this.answer(handler, argument)),
      );
    }
  }

  private async answer(handler: Handler, argument: unknown): Promise<void> {
    try {
      await handler(argument);
    } catch (error) {
      this.reporter.refused(error);
    }
  }

  /** With an argument `{ profile, cwd }` it asks nothing. */
  private async newTerminal(argument: unknown): Promise<void> {
    if (isArguments(argument)) return this.open(optionsOf(argument));
    const cwd = await askFolder();
    if (cwd !== undefined) await this.open({ cwd });
  }

  private async newTerminalWithProfile(): Promise<void> {
    const profile = await pickProfile(
      t('New Terminal with Profile'),
      t('How much of the system shall the terminal have for itself?'),
    );
    const cwd = profile === undefined ? undefined : await askFolder();
    if (profile !== undefined && cwd !== undefined) await this.open({ profile, cwd });
  }

  /** In a folder, or in that of a file, as the explorer passes it. */
  private async newTerminalHere(argument: unknown): Promise<void> {
    if (!(argument instanceof vscode.Uri) || argument.scheme !== 'file') return this.newTerminal(argument);
    const { type } = await vscode.workspace.fs.stat(argument);
    const isFolder = (type & vscode.FileType.Directory) !== 0;
    await this.open({ cwd: isFolder ? argument.fsPath : path.dirname(argument.fsPath) });
  }

  /** With an argument `{ profile }` it asks nothing. */
  private async showProfile(argument: unknown): Promise<void> {
    const name = isArguments(argument)
      ? argument['profile']
      : await pickProfile(
          t('Show Profile'),
          t('Choose a profile to see what its terminals get and how they are made'),
        );
    if (name !== undefined) await this.documents.show(name);
  }

  /** With an argument `{ profile, command: [program, ...args], cwd }` it asks nothing. */
  private async runCommand(argument: unknown): Promise<void> {
    if (isArguments(argument)) {
      return this.open({ ...optionsOf(argument), command: checkCommand(argument['command']) });
    }
    const line = await vscode.window.showInputBox({
      title: t('Run Command'),
      prompt: t('A program and its arguments, quoted as in a shell. No shell runs: no pipes, no variables.'),
      placeHolder: 'sleep infinity',
      validateInput: (value) => problemWith(value),
    });
    if (line === undefined) return;
    const cwd = await askFolder();
    if (cwd !== undefined) await this.open({ command: checkCommand(splitCommandLine(line)), cwd });
  }

  private async joinTerminal(argument: unknown): Promise<void> {
    const info = await this.chosen(
      argument,
      t('Join which terminal? A second shell opens in its namespaces.'),
    );
    if (info) await this.open({ join: info.id });
  }

  /** Opens the form in the side panel. The maps of the host's user namespace are nobody's to write. */
  private async writeIdMaps(argument: unknown): Promise<void> {
    const info = await this.chosen(argument, t('Write uid_map and gid_map of which terminal?'));
    if (!info) return;
    if (readNamespaces(info.pid).user !== readNamespaces('self').user)
      return this.inspector.askForMaps(info.id);
    const create = t('New Terminal without a Map');
    const text = t(
      '{0} is in the host’s user namespace, whose maps are there from the boot on. A terminal of the profile user begins without any.',
      info.name,
    );
    if ((await vscode.window.showInformationMessage(text, create)) !== create) return;
    const cwd = await askFolder();
    if (cwd === undefined) return;
    const opened = await this.opener.openQuietly({ profile: 'user', cwd });
    await this.inspector.askForMaps(opened.id);
  }

  private async killTerminal(argument: unknown): Promise<void> {
    const info = await this.chosen(argument, t('End everything in which terminal?'));
    if (!info) return;
    this.runtime.kill(info.id);
    this.terminals.find(info.id)?.dispose();
  }

  private async showTerminal(argument: unknown): Promise<void> {
    const info = await this.chosen(argument, t('Show which terminal?'));
    if (info) this.terminals.find(info.id)?.show();
  }

  private async open(options: OpenTerminalOptions): Promise<void> {
    await this.opener.openQuietly(options);
  }

  /** The terminal of a row or of an argument `{ id }`; else the only one that runs, or one picked. */
  private async chosen(argument: unknown, placeHolder: string): Promise<TerminalInfo | undefined> {
    const running = this.runtime.list();
    const id = isRow(argument) ? argument.terminal : isArguments(argument) ? argument['id'] : undefined;
    if (id !== undefined) return this.opener.running(id);
    if (running.length === 0) {
      await this.offerNewTerminal();
      return undefined;
    }
    const active = this.terminals.current();
    const items = running.map((info) => ({
      label: info.name,
      description: `${info.profile.name} · PID ${info.pid}${info.id === active ? ` · ${t('active')}` : ''}`,
      info,
    }));
    if (items.length === 1) return items[0]?.info;
    return (await vscode.window.showQuickPick(items, { placeHolder }))?.info;
  }

  private async offerNewTerminal(): Promise<void> {
    const create = t('New Terminal');
    const text = t('No isolated terminal is running.');
    if ((await vscode.window.showInformationMessage(text, create)) === create)
      await this.newTerminal(undefined);
  }
}

async function copyId(argument: unknown): Promise<void> {
  const id = isRow(argument) ? argument.id : idOfNode(argument);
  if (id !== undefined) await vscode.env.clipboard.writeText(id);
}

function isRow(argument: unknown): argument is Row {
  return typeof argument === 'object' && argument !== null && 'terminal' in argument;
}

/** True for an argument of a keybinding or of another extension; the tree's title passes rows, or nothing. */
function isArguments(argument: unknown): argument is Readonly<Record<string, unknown>> {
  return typeof argument === 'object' && argument !== null && !isRow(argument) && !Array.isArray(argument);
}

/** The opener checks the profile's name. */
function optionsOf(argument: Readonly<Record<string, unknown>>): OpenTerminalOptions {
  const { profile, cwd } = argument;
  return {
    ...(profile === undefined ? {} : { profile: profile as string }),
    ...(cwd === undefined ? {} : { cwd: checkFolder(cwd) }),
  };
}

function problemWith(line: string): string | undefined {
  try {
    return splitCommandLine(line).length === 0 ? t('Type a program, for example: sleep infinity') : undefined;
  } catch (error) {
    if (!(error instanceof UnfinishedLine)) throw error;
    return t('The other {0} is missing.', error.missing);
  }
}
