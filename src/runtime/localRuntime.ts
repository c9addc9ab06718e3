import * as fs from 'node:fs';
import { Emitter } from '../kernel/emitter';
import { Failure } from '../kernel/failure';
import { cloneFlags } from '../kernel/kinds';
import { NativeLibrary } from '../kernel/native';
import { readNamespaces } from '../kernel/proc';
import { prepareNodePty } from './adoptPty';
import { LocalTerminal, type Start } from './localTerminal';
import { findProgram } from './program';
import type { OpenRequest, Runtime, RuntimeEvent, TerminalId, TerminalInfo } from './runtime';
import { startShell } from './shell';

/** The runtime in this very process. */
export class LocalRuntime implements Runtime {
  private readonly events = new Emitter<RuntimeEvent>();
  private readonly terminals = new Map<TerminalId, LocalTerminal>();
  private readonly infos = new Map<TerminalId, TerminalInfo>();
  private lastId = 0;

  /** @param scripts folder of the shells' start-up files (media/shell). */
  constructor(private readonly scripts: string) {}

  async open(request: OpenRequest): Promise<TerminalInfo> {
    const id = ++this.lastId as TerminalId;
    const start = await this.prepare(id, request);
    prepareNodePty();
    const terminal = new LocalTerminal(NativeLibrary.load(), start, {
      data: (data) => {
        this.events.fire({ type: 'data', id, data });
      },
      ended: (end) => {
        this.terminals.delete(id);
        this.infos.delete(id);
        this.events.fire({ type: 'ended', id, end });
      },
    });
    this.terminals.set(id, terminal);
    try {
      const info = await terminal.opened();
      // It may have run and ended before anybody heard of its start.
      if (this.terminals.has(id)) this.infos.set(id, info);
      this.events.fire({ type: 'opened', info });
      return info;
    } catch (error) {
      this.terminals.delete(id);
      throw error;
    }
  }

  list(): readonly TerminalInfo[] {
    return [...this.infos.values()];
  }

  write(id: TerminalId, data: string): void {
    this.terminals.get(id)?.write(data);
  }

  resize(id: TerminalId, columns: number, rows: number): void {
    this.terminals.get(id)?.resize(columns, rows);
  }

  async close(id: TerminalId): Promise<void> {
    await this.terminals.get(id)?.close();
  }

  kill(id: TerminalId): void {
    this.terminals.get(id)?.kill();
  }

  subscribe(listener: (event: RuntimeEvent) => void): { dispose(): void } {
    return this.events.event(listener);
  }

  /** Ends every terminal at once; for the end of this process. */
  dispose(): void {
    for (const terminal of this.terminals.values()) terminal.kill();
  }

  /** Finds out what will be executed, and refuses early what cannot be. */
  private async prepare(id: TerminalId, request: OpenRequest): Promise<Start> {
    if (process.platform !== 'linux')
      throw new Failure({ step: 'platform', code: '', subject: process.platform });
    const cwd = await fs.promises.stat(request.cwd).catch((error: unknown) => {
      throw Failure.of('chdir', error, request.cwd);
    });
    if (!cwd.isDirectory()) throw new Failure({ step: 'chdir', code: 'ENOTDIR', subject: request.cwd });

    const [program, ...args] = request.command ?? [];
    const step = program === undefined ? 'find_shell' : 'find_program';
    const file = await findProgram(program ?? request.shell, request.env['PATH'], request.cwd, step);
    const shell = program === undefined ? startShell(file, this.scripts, request.env) : { args, env: {} };
    const env = { ...request.env, ...shell.env, PWD: request.cwd };
    return {
      id,
      request,
      file,
      argv: [program ?? request.shell, ...shell.args],
      envp: Object.entries(env).map(([name, value]) => `${name}=${value}`),
      ...(request.join === undefined ? {} : { join: this.target(request.join) }),
    };
  }

  /** The namespaces of a running terminal that are not this process's own: setns(2) refuses to enter those again. */
  private target(id: TerminalId): { pid: number; namespaces: number } {
    const info = this.infos.get(id);
    if (!info) throw new Failure({ step: 'join', code: 'ESRCH' });
    const own = readNamespaces('self');
    const theirs = readNamespaces(info.pid);
    const kinds = info.profile.namespaces.filter((kind) => theirs[kind] !== own[kind]);
    return { pid: info.pid, namespaces: cloneFlags(kinds) };
  }
}
