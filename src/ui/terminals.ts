import * as vscode from 'vscode';
import type { Profile } from '../runtime/profile';
import type { JoinRequest, OpenRequest, Runtime, TerminalId, TerminalInfo } from '../runtime/runtime';
import { harmless } from '../kernel/harmless';
import { AntonTerminal, type PlannedTerminal, type Restored } from './antonTerminal';
import type { BesideOpener } from './besideOpener';
import { Disposable } from './disposable';
import type { EditorEnvironment } from './editorEnvironment';
import { contextKey } from './names';
import { profileLook } from './profileIcon';
import { defaultShell, scrollback } from './settings';
import { TaskTerminal } from './tasks/taskTerminal';
import { shellIntegration, withNonce } from './shellIntegration';

export type JoinedProcess = Extract<JoinRequest, { pid: number }>;

/** What a caller says of a new terminal. */
export interface NewTerminal {
  readonly profile: Profile;
  readonly cwd: string;
  readonly command?: readonly string[];
  /** A running terminal or any process whose namespaces are entered. */
  readonly join?: TerminalInfo | JoinedProcess;
  /** The keyboard stays where it is: a person goes on there. */
  readonly preserveFocus?: boolean;
}

/** Anton's terminals as VS Code has them: makes them, finds them, and knows which one a person works in. */
export class Terminals extends Disposable {
  private readonly shown = new Map<vscode.Terminal, AntonTerminal>();
  private readonly named = new Set<string>();
  private readonly activated = this.register(new vscode.EventEmitter<TerminalId | undefined>());

  /** Fires with the terminal that became active, undefined if that is none of Anton's. */
  readonly event = this.activated.event;

  constructor(
    private readonly runtime: Runtime,
    private readonly environment: EditorEnvironment,
    private readonly besides: BesideOpener,
    private readonly onRefused: (error: unknown) => void,
  ) {
    super();
    this.register(vscode.window.onDidOpenTerminal((terminal) => this.note(terminal)));
    this.register(vscode.window.onDidCloseTerminal((terminal) => this.forget(terminal)));
    this.register(vscode.window.onDidChangeActiveTerminal(() => this.followActive()));
  }

  private followActive(): void {
    const id = this.current();
    void vscode.commands.executeCommand('setContext', contextKey.isActive, id !== undefined);
    this.activated.fire(id);
  }

  current(): TerminalId | undefined {
    const active = vscode.window.activeTerminal;
    return active && this.shown.get(active)?.id;
  }

  /** The terminal of that id, if VS Code shows it. */
  find(id: TerminalId): vscode.Terminal | undefined {
    return [...this.shown].find(([, anton]) => anton.id === id)?.[0];
  }

  /** Opens a terminal in VS Code and shows it. Resolves when it runs. @throws Failure */
  async open(wanted: NewTerminal): Promise<AntonTerminal> {
    const anton = this.plan(wanted, AntonTerminal);
    const joined = wanted.join && 'id' in wanted.join ? wanted.join.id : undefined;
    const beside = joined === undefined ? undefined : this.find(joined);
    const options = this.options(anton);
    const terminal =
      (beside && (await this.besides.open(options, beside))) ?? vscode.window.createTerminal(options);
    this.shown.set(terminal, anton);
    terminal.show(wanted.preserveFocus);
    await anton.opened;
    if (vscode.window.activeTerminal === terminal) this.followActive();
    return anton;
  }

  /**
   * Shows a terminal again that runs already.
   * @param column of the editors; undefined: in the panel.
   */
  restore(plan: PlannedTerminal, restored: Restored, column: number | undefined): vscode.Terminal {
    const anton = this.keep(new AntonTerminal(this.runtime, plan, () => this.environment.read(), restored));
    anton.opened.catch(this.onRefused);
    const location = column === undefined ? {} : { location: { viewColumn: column, preserveFocus: true } };
    const terminal = vscode.window.createTerminal({ ...this.options(anton), ...location });
    this.shown.set(terminal, anton);
    return terminal;
  }

  /** A terminal for VS Code's own drop-down, which opens it itself; a refusal is told from here. */
  profile(wanted: NewTerminal): vscode.TerminalProfile {
    const anton = this.plan(wanted, AntonTerminal);
    anton.opened.then(() => this.followActive(), this.onRefused);
    return new vscode.TerminalProfile(this.options(anton));
  }

  /** The terminal of a task, which VS Code opens itself. */
  task(wanted: NewTerminal): TaskTerminal {
    return this.plan(wanted, TaskTerminal, { keep: false });
  }

  private plan<Kind extends AntonTerminal>(
    { profile, cwd, command, join }: NewTerminal,
    kind: new (...parts: ConstructorParameters<typeof AntonTerminal>) => Kind,
    more: Pick<OpenRequest, 'keep'> = {},
  ): Kind {
    const name = this.nameFor(command, join);
    return this.keep(
      new kind(
        this.runtime,
        {
          name,
          profile,
          cwd,
          shell: defaultShell(),
          scrollback: scrollback(),
          ...more,
          ...(command ? { command } : shellIntegration()),
          ...(join ? { join: 'id' in join ? { terminal: join.id } : join } : {}),
        },
        () => this.environment.read(),
      ),
    );
  }

  private keep<Kind extends AntonTerminal>(anton: Kind): Kind {
    const { name } = anton.plan;
    this.named.add(name);
    anton.onClosed(() => this.named.delete(name));
    return anton;
  }

  private options(anton: AntonTerminal): vscode.ExtensionTerminalOptions {
    const { name, profile, shellIntegration } = anton.plan;
    return withNonce(shellIntegration, { name, pty: anton, ...profileLook(profile) });
  }

  /**
   * A terminal that VS Code opened from a profile: there the pty is the only thing that tells whose it is. VS Code
   * does not show its panel for such a terminal if that is hidden.
   */
  private note(terminal: vscode.Terminal): void {
    const { pty } = terminal.creationOptions as vscode.ExtensionTerminalOptions;
    if (!(pty instanceof AntonTerminal) || this.shown.has(terminal)) return;
    this.shown.set(terminal, pty);
    terminal.show();
  }

  private forget(terminal: vscode.Terminal): void {
    this.shown.get(terminal)?.closedFor(terminal.exitStatus?.reason);
    this.shown.delete(terminal);
  }

  /** The first free of 'Anton 1', 'Anton 2'; of a command its name is part; of a joined shell whom or what it joined. */
  private nameFor(command: readonly string[] | undefined, join: NewTerminal['join']): string {
    const program = command?.[0]?.split('/').at(-1);
    const base = join
      ? 'id' in join
        ? `${join.name} +`
        : `PID ${join.pid} +`
      : program === undefined
        ? 'Anton '
        : `Anton: ${harmless(program)} `;
    for (let number = 1; ; number++) {
      if (!this.named.has(`${base}${number}`)) return `${base}${number}`;
    }
  }
}
