import { Failure } from '../kernel/failure';
import type {
  MapsWritten,
  MapWrite,
  OpenRequest,
  Runtime,
  RuntimeEvent,
  TerminalId,
  TerminalInfo,
} from '../runtime/runtime';
import type { Group } from './group';
import { KeptTerminal, type Onlooker } from './keptTerminal';
import type { KeptInfo, Size } from './protocol';
import type { Window } from './window';

/** The terminals of all windows of this person, and which window each belongs to. No window touches another's. */
export class Host {
  private readonly windows = new Set<Window>();
  /** Terminals whose window is gone, the one that went last at the end. */
  private readonly lost = new Set<Group>();
  private readonly terminals = new Map<TerminalId, KeptTerminal>();
  /** What is heard of a terminal before it is known. */
  private readonly early = new Map<TerminalId, RuntimeEvent[]>();
  /** Terminals that nobody took once they were made, until they have ended. */
  private readonly refused = new Set<TerminalId>();
  private opening = 0;

  /** @param onIdle called whenever no terminal and no window is left. */
  constructor(
    private readonly runtime: Runtime,
    private readonly onIdle: () => void,
  ) {
    runtime.subscribe((event) => this.hear(event));
  }

  get isIdle(): boolean {
    return this.windows.size === 0 && this.terminals.size === 0 && this.opening === 0;
  }

  connect(window: Window): void {
    this.windows.add(window);
  }

  /** The window is gone; its terminals wait for it. */
  disconnect(window: Window): void {
    if (this.windows.delete(window)) this.lose(window.group);
    this.askIdle();
  }

  /** @throws Failure */
  async open(window: Window, request: OpenRequest): Promise<TerminalInfo> {
    const { join } = request;
    if (join && 'terminal' in join) this.terminal(window, join.terminal);
    this.opening++;
    try {
      const info = await this.runtime.open(request);
      try {
        this.adopt(window, info, request);
      } catch (error) {
        this.refuse(info.id);
        throw error;
      }
      return info;
    } finally {
      this.opening--;
      this.askIdle();
    }
  }

  /** @throws Failure if the window went while it was made: nobody else knows of it. */
  private adopt(window: Window, info: TerminalInfo, request: OpenRequest): void {
    if (!this.windows.has(window)) throw new Failure({ step: 'attach', code: 'ESRCH' });
    const kept = new KeptTerminal(this.runtime, info, request);
    this.terminals.set(info.id, kept);
    window.group.terminals.add(info.id);
    kept.showTo(onlookerOf(window, info.id));
    // After the answer to the window, as everything that is to come.
    setImmediate(() => this.catchUp(info.id));
  }

  /** Ends a terminal of which nothing more is to be heard. */
  private refuse(id: TerminalId): void {
    const hasEnded = this.early.get(id)?.some(({ type }) => type === 'ended');
    this.early.delete(id);
    if (hasEnded) return;
    this.refused.add(id);
    this.runtime.kill(id);
  }

  /**
   * Hands over the terminals of a lost window with the same workspace, those of the one that was lost last.
   * @param other another workspace, of which somebody may well have a window: none is asked whether it is lost.
   */
  async claim(window: Window, other?: string): Promise<readonly KeptInfo[]> {
    if (other === undefined) await this.findLost(window);
    const { group } = window;
    const wanted = other ?? group.workspace;
    const found = [...this.lost].findLast(({ workspace }) => workspace === wanted);
    if (!found || !this.windows.has(window)) return [];
    this.forget(found);
    for (const id of found.terminals) group.terminals.add(id);
    group.active ??= found.active;
    return [...found.terminals].flatMap((id) => this.terminals.get(id)?.kept(id === found.active) ?? []);
  }

  /** @returns what draws it. What comes from it later is told to the window. @throws Failure (attach, ESRCH) */
  async attach(window: Window, id: TerminalId, size: Size | undefined): Promise<string> {
    const kept = this.terminal(window, id);
    const isWanted = (): boolean => this.windows.has(window) && this.find(window, id) !== undefined;
    const output = await kept.redraw(size, onlookerOf(window, id), isWanted);
    if (output === undefined) throw new Failure({ step: 'attach', code: 'ESRCH' });
    setImmediate(() => this.tellEnd(window, id));
    return output;
  }

  /** Undefined if it is not, or no longer, one of this window's. */
  find(window: Window, id: TerminalId): KeptTerminal | undefined {
    return window.group.terminals.has(id) ? this.terminals.get(id) : undefined;
  }

  /** @throws Failure (attach, ESRCH) if it is not, or no longer, one of this window's. */
  terminal(window: Window, id: TerminalId): KeptTerminal {
    const kept = this.find(window, id);
    if (!kept) throw new Failure({ step: 'attach', code: 'ESRCH' });
    return kept;
  }

  async close(window: Window, id: TerminalId): Promise<void> {
    const kept = this.terminal(window, id);
    await this.end(id);
    if (!kept.isBeingDrawn) this.tellEnd(window, id);
  }

  async writeIdMaps(window: Window, id: TerminalId, writes: readonly MapWrite[]): Promise<MapsWritten> {
    this.terminal(window, id);
    return this.runtime.writeIdMaps(id, writes);
  }

  /** Of a terminal that ended while the window did not look, which is then done with. */
  private tellEnd(window: Window, id: TerminalId): void {
    const end = this.find(window, id)?.end;
    // Lost once more, it keeps its last words for the next window.
    if (!end || !this.windows.has(window)) return;
    window.tell({ type: 'ended', id, end });
    this.remove(id);
  }

  private hear(event: RuntimeEvent): void {
    if (event.type === 'opened') return;
    const id = event.type === 'changed' ? event.info.id : event.id;
    if (this.refused.has(id)) {
      if (event.type === 'ended') this.refused.delete(id);
      return;
    }
    const kept = this.terminals.get(id);
    const early = this.early.get(id);
    if (early) early.push(event);
    else if (kept) this.pass(kept, event);
    else this.early.set(id, [event]);
  }

  private catchUp(id: TerminalId): void {
    const early = this.early.get(id) ?? [];
    this.early.delete(id);
    for (const event of early) {
      const kept = this.terminals.get(id);
      if (kept) this.pass(kept, event);
    }
  }

  private pass(kept: KeptTerminal, event: RuntimeEvent): void {
    if (event.type === 'data') kept.output(event.data);
    if (event.type === 'changed') kept.change(event.info);
    if (event.type !== 'ended') return;
    // Without a window its last words are kept for the next one.
    if (kept.ended(event.end)) this.remove(event.id);
  }

  private remove(id: TerminalId): void {
    this.terminals.get(id)?.dispose();
    this.terminals.delete(id);
    for (const { group } of this.windows) group.terminals.delete(id);
    for (const group of this.lost) {
      group.terminals.delete(id);
      // An empty one would be handed over before those that were lost earlier.
      if (group.terminals.size === 0) this.forget(group);
    }
    this.askIdle();
  }

  private lose(group: Group): void {
    for (const id of group.terminals) {
      const kept = this.terminals.get(id);
      kept?.hide();
      if (kept?.request.keep !== false) continue;
      group.terminals.delete(id);
      void this.end(id);
    }
    if (group.terminals.size === 0) return;
    this.lost.add(group);
    group.lose(() => {
      this.lost.delete(group);
      for (const id of group.terminals) void this.end(id);
    });
  }

  /** A lost group is not lost any more. */
  private forget(group: Group): void {
    group.find();
    this.lost.delete(group);
  }

  private async end(id: TerminalId): Promise<void> {
    await this.runtime.close(id);
    // Nobody will come for its last words.
    if (![...this.windows].some(({ group }) => group.terminals.has(id))) this.remove(id);
  }

  /** Takes the terminals from windows with the same workspace behind which nobody is any more. */
  private async findLost(asking: Window): Promise<void> {
    const same = [...this.windows].filter(
      (each) =>
        each !== asking && each.group.workspace === asking.group.workspace && each.group.terminals.size > 0,
    );
    await Promise.all(
      same.map(async (window) => {
        if (await window.isThere()) return;
        if (!this.windows.has(window)) return;
        const group = window.leave();
        for (const id of group.terminals) window.tell({ type: 'taken', id });
        this.lose(group);
      }),
    );
  }

  private askIdle(): void {
    if (this.isIdle) this.onIdle();
  }
}

function onlookerOf(window: Window, id: TerminalId): Onlooker {
  return {
    data: (data) => window.tell({ type: 'data', id, data }),
    changed: (info) => window.tell({ type: 'changed', info }),
    ended: (end) => window.tell({ type: 'ended', id, end }),
  };
}
