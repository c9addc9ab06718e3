import { randomUUID } from 'node:crypto';
import * as fs from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import * as vscode from 'vscode';
import { terminalEnvironment } from '../runtime/environment';
import { withCommand } from './commandOnPath';
import { Disposable } from './disposable';

type Variables = Readonly<Record<string, string>>;

/** How long a terminal may be waited for, and how often is looked, in milliseconds. */
const patience = 2000;
const round = 5;

/**
 * In milliseconds: how long what was read is not read again; how long nobody waits for what is read again; and how long
 * anybody does after that, because a terminal is to open at once.
 */
const freshFor = 3000;
const goodFor = 60_000;
const hurry = 100;

/** What VS Code tells the shell of that very terminal, see shellIntegration.ts. */
const shells = ['VSCODE_NONCE', 'VSCODE_STABLE', 'VSCODE_INJECTION', 'VSCODE_SHELL_ENV_REPORTING'];

/** Set in the terminal that is read: once it is there, the program runs and not yet what executed it. */
const mark = 'ANTON_ENVIRONMENT';

/**
 * The environment of VS Code's own terminals: beside the person's variables what other extensions contribute to
 * terminals (a Python environment, git's helpers) and the setting terminal.integrated.env.linux. VS Code puts them into
 * its own terminals only, and no API tells them; so a hidden terminal of its own is opened for a moment and read.
 */
export class EditorEnvironment extends Disposable {
  /** Counts how often what was read became void. */
  private generation = 0;
  /** What was read last, and when. */
  private last: { readonly variables: Variables; readonly at: number } | undefined;
  private reading: { readonly since: number; readonly variables: Promise<Variables | undefined> } | undefined;

  constructor(private readonly onError: (error: unknown) => void) {
    super();
    const forget = (): void => {
      this.generation++;
      this.reading = undefined;
      this.last = undefined;
    };
    this.register(vscode.extensions.onDidChange(forget));
    this.register(
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('terminal.integrated.env')) forget();
      }),
    );
  }

  /**
   * What a terminal of Anton's begins with. If VS Code opened no terminal in time, it is this process's own
   * environment: one that lacks something is better than no terminal.
   */
  async read(): Promise<Variables> {
    const now = Date.now();
    if (!this.reading || now - this.reading.since > freshFor)
      this.reading = { since: now, variables: this.readAnew() };
    const { last } = this;
    const reading = this.reading.variables;
    const variables = await (!last
      ? reading
      : now - last.at < goodFor
        ? last.variables
        : Promise.race([reading, sleep(hurry, last.variables)]));
    const { PATH } = variables ?? process.env;
    return terminalEnvironment(
      { ...(variables ?? process.env), PATH: withCommand(PATH) },
      vscode.version,
      variables !== undefined,
    );
  }

  /** Reads it, so that the first terminal need not wait for it. What goes wrong is told by that one. */
  warm(): void {
    if (!this.reading && !this.last) this.reading = { since: Date.now(), variables: this.readAnew() };
  }

  private async readAnew(): Promise<Variables | undefined> {
    try {
      const { generation } = this;
      const variables = await readTerminal();
      if (variables && generation === this.generation) this.last = { variables, at: Date.now() };
      return variables;
    } catch (error) {
      this.onError(error);
      return undefined;
    }
  }
}

async function readTerminal(): Promise<Variables | undefined> {
  const id = randomUUID();
  const late = Date.now() + patience;
  const terminal = vscode.window.createTerminal({
    name: 'Anton',
    shellPath: 'sleep',
    shellArgs: [String(Math.ceil((2 * patience) / 1000))],
    hideFromUser: true,
    isTransient: true,
    env: { [mark]: id },
  });
  try {
    const pid = await Promise.race([terminal.processId, sleep(patience)]);
    while (pid !== undefined && Date.now() < late) {
      const { [mark]: found, ...variables } = environmentOf(pid);
      if (found === id) return without(variables, shells);
      await sleep(round);
    }
    return undefined;
  } finally {
    terminal.dispose();
  }
}

function without(variables: Variables, names: readonly string[]): Variables {
  return Object.fromEntries(Object.entries(variables).filter(([name]) => !names.includes(name)));
}

/** With what a process was started, see proc_pid_environ(5); nothing once it has ended. */
function environmentOf(pid: number): Record<string, string> {
  let text: string;
  try {
    text = fs.readFileSync(`/proc/${pid}/environ`, 'utf8');
  } catch {
    return {};
  }
  const entries = text.split('\0').map((entry) => [entry, entry.indexOf('=')] as const);
  return Object.fromEntries(
    entries.filter(([, at]) => at > 0).map(([entry, at]) => [entry.slice(0, at), entry.slice(at + 1)]),
  );
}
