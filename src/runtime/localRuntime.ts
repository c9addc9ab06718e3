import { Emitter } from '../kernel/emitter';
import { Failure } from '../kernel/failure';
import { NativeLibrary } from '../kernel/native';
import { readIdMap } from '../kernel/proc';
import { prepareNodePty } from './adoptPty';
import { LocalTerminal } from './localTerminal';
import { joinProcess, type JoinTarget, joinTerminal, withoutNamespaces } from './joinTarget';
import type {
  JoinRequest,
  MapsWritten,
  MapWrite,
  OpenRequest,
  Runtime,
  RuntimeEvent,
  TerminalId,
  TerminalInfo,
} from './runtime';
import { planStart, type Start } from './start';

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

  acknowledge(id: TerminalId, count: number, window?: number): void {
    this.terminals.get(id)?.acknowledge(count, window);
  }

  resize(id: TerminalId, columns: number, rows: number): void {
    this.terminals.get(id)?.resize(columns, rows);
  }

  async writeIdMaps(id: TerminalId, writes: readonly MapWrite[]): Promise<MapsWritten> {
    const info = this.infos.get(id);
    const written = info && this.terminals.get(id)?.writeIdMaps(info.pid, writes);
    if (!info || !written) throw new Failure({ step: 'write_id_maps', code: 'ESRCH' });
    const changed: TerminalInfo = {
      ...info,
      uidMap: readIdMap(info.pid, 'uid_map') ?? info.uidMap,
      gidMap: readIdMap(info.pid, 'gid_map') ?? info.gidMap,
      steps: [...info.steps, ...written.steps],
    };
    this.infos.set(id, changed);
    this.events.fire({ type: 'changed', info: changed });
    return Promise.resolve(written);
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

  private async prepare(id: TerminalId, request: OpenRequest): Promise<Start> {
    const { join, profile } = request;
    const target = join && this.target(join);
    const planned = join && 'pid' in join ? { ...request, profile: withoutNamespaces(profile) } : request;
    return planStart(id, planned, { scripts: this.scripts }, target);
  }

  private target(join: JoinRequest): JoinTarget {
    if ('pid' in join) return joinProcess(join.pid, join.kinds);
    const info = this.infos.get(join.terminal);
    if (!info) throw new Failure({ step: 'join', code: 'ESRCH' });
    return joinTerminal(info, this.terminals.get(join.terminal)?.born);
  }
}
