import { setImmediate as nextTurn } from 'node:timers/promises';
import type { MachineIndex } from '../inspect/machineIndex';
import { processesBelow } from '../inspect/processLists';
import { sameSnapshot } from '../inspect/sameSnapshot';
import { readFacts, type TerminalSnapshot } from '../inspect/terminalSnapshot';
import { Emitter } from '../kernel/emitter';
import type { NamespaceIds } from '../kernel/proc';
import type { Runtime, TerminalId, TerminalInfo } from '../runtime/runtime';
import { Disposable, type DisposableLike } from './disposable';
import type { MachineWatcher } from './machineWatch';

/** A running terminal and what was last seen of it; nothing until it has been read once. */
export interface WatchedTerminal {
  readonly info: TerminalInfo;
  readonly snapshot: TerminalSnapshot | undefined;
}

/** Milliseconds after output in which what a program did to its processes is looked for. */
const afterOutput = 250;

/** Milliseconds after which a terminal that no scan has seen yet is looked for again. */
const again = 50;

/** Milliseconds after which a reading lets the event loop go on; a turn may last 5. */
const turn = 2;

/** Reading takes at most this part of the time, however many terminals there are. */
const mostLoad = 0.05;

/**
 * Looks at the running terminals after each scan of the machine while somebody looks, and does nothing otherwise. Their
 * processes are those that the scan has found; the rest is read from /proc.
 */
export class SnapshotWatcher extends Disposable {
  private readonly changed: Emitter<readonly WatchedTerminal[]>;
  private terminals: readonly WatchedTerminal[] = [];
  private holders = 0;
  private isReading = false;
  private readAgain = false;
  /** When a scan may lead to the next reading, on the clock of performance.now(). */
  private earliest = 0;
  private watching: readonly DisposableLike[] = [];

  /** Fires when a terminal came or went, or looks different. */
  readonly onDidChange: Emitter<readonly WatchedTerminal[]>['event'];

  constructor(
    private readonly runtime: Pick<Runtime, 'list' | 'subscribe'>,
    private readonly machine: Pick<MachineWatcher, 'current' | 'hold' | 'onDidScan' | 'soon'>,
    private readonly host: NamespaceIds,
    private readonly onError: (error: unknown) => void = console.error,
  ) {
    super();
    this.changed = this.register(new Emitter(onError));
    this.onDidChange = this.changed.event;
    this.register({ dispose: () => this.stop() });
  }

  /** The terminals that run now, each as it was last seen. */
  current(): readonly WatchedTerminal[] {
    const last = new Map<TerminalId, WatchedTerminal>(this.terminals.map((each) => [each.info.id, each]));
    return this.runtime.list().map((info) => ({ info, snapshot: last.get(info.id)?.snapshot }));
  }

  /** Keeps the terminals watched until the answer is disposed. */
  hold(): DisposableLike {
    let isHeld = true;
    if (this.holders++ === 0) this.start();
    return {
      dispose: () => {
        if (!isHeld) return;
        isHeld = false;
        if (--this.holders === 0) this.stop();
      },
    };
  }

  private start(): void {
    this.watching = [
      this.machine.onDidScan(() => {
        if (performance.now() >= this.earliest) this.readSoon();
      }),
      this.runtime.subscribe(({ type }) => {
        if (type !== 'data') this.readSoon();
        this.machine.soon(type === 'data' ? afterOutput : 0);
      }),
      this.machine.hold(),
    ];
    this.readSoon();
  }

  private stop(): void {
    for (const each of this.watching) each.dispose();
    this.watching = [];
  }

  /** Whether somebody asked while a reading was under way. */
  private wasAskedAgain(): boolean {
    return this.readAgain;
  }

  private isWatching(): boolean {
    return this.watching.length > 0;
  }

  private readSoon(): void {
    const machine = this.machine.current();
    if (!this.isWatching() || !machine) return;
    this.readAgain = this.isReading;
    if (!this.isReading) this.read(machine).catch(this.onError);
  }

  private async read(machine: MachineIndex): Promise<void> {
    this.isReading = true;
    try {
      const busy = await this.readAll(machine);
      this.earliest = performance.now() + busy / mostLoad;
    } finally {
      this.isReading = false;
      if (this.wasAskedAgain()) this.readSoon();
    }
  }

  /** @returns milliseconds of work, without the turns of others. */
  private async readAll(machine: MachineIndex): Promise<number> {
    const before = this.current();
    const after: WatchedTerminal[] = [];
    let busy = 0;
    let begin = performance.now();
    for (const { info, snapshot: last } of before) {
      if (performance.now() - begin >= turn) {
        busy += performance.now() - begin;
        await nextTurn();
        if (!this.isWatching()) return busy;
        begin = performance.now();
      }
      // A terminal whose processes are gone has as good as ended: its last picture stays until the runtime says so.
      const snapshot = this.look(info, machine) ?? last;
      if (!snapshot) this.machine.soon(again);
      after.push({ info, snapshot: sameSnapshot(last, snapshot) ? last : snapshot });
    }
    this.publish(after);
    return busy + performance.now() - begin;
  }

  /** @returns undefined if no scan has seen it yet, or once its processes are gone. */
  private look({ pid, root }: TerminalInfo, machine: MachineIndex): TerminalSnapshot | undefined {
    const processes = processesBelow(root, machine, root !== pid);
    return processes.length === 0 ? undefined : { ...readFacts(pid, this.host), processes };
  }

  private publish(read: readonly WatchedTerminal[]): void {
    const before = this.terminals;
    const snapshots = new Map(read.map((each) => [each.info.id, each.snapshot]));
    this.terminals = this.runtime.list().map((info) => ({ info, snapshot: snapshots.get(info.id) }));
    const same =
      before.length === this.terminals.length &&
      before.every(({ info, snapshot }, i) => {
        const now = this.terminals[i];
        return now?.info === info && now.snapshot === snapshot;
      });
    if (!same) this.changed.fire(this.terminals);
  }
}
