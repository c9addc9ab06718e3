import { setImmediate as nextTurn } from 'node:timers/promises';
import { sameSnapshot } from '../inspect/sameSnapshot';
import { readTerminalInSteps, type TerminalSnapshot } from '../inspect/terminalSnapshot';
import { Emitter } from '../kernel/emitter';
import type { NamespaceIds } from '../kernel/proc';
import type { Runtime, TerminalId, TerminalInfo } from '../runtime/runtime';
import { Disposable, type DisposableLike } from './disposable';

/** A running terminal and what was last seen of it; nothing until it has been read once. */
export interface WatchedTerminal {
  readonly info: TerminalInfo;
  readonly snapshot: TerminalSnapshot | undefined;
}

/** Milliseconds between two readings. */
const interval = 1000;

/** Milliseconds after which a reading lets the event loop go on; a turn may last 5. */
const turn = 2;

/** Reading takes at most this part of the time, however many processes there are. */
const mostLoad = 0.05;

/** Reads the running terminals from /proc again and again while somebody looks, and does nothing otherwise. */
export class SnapshotWatcher extends Disposable {
  private readonly changed: Emitter<readonly WatchedTerminal[]>;
  private terminals: readonly WatchedTerminal[] = [];
  private holders = 0;
  private isReading = false;
  private readAgain = false;
  private timer: NodeJS.Timeout | undefined;
  private subscription: DisposableLike | undefined;

  /** Fires when a terminal came or went, or looks different. */
  readonly onDidChange: Emitter<readonly WatchedTerminal[]>['event'];

  constructor(
    private readonly runtime: Pick<Runtime, 'list' | 'subscribe'>,
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
    this.subscription = this.runtime.subscribe((event) => {
      if (event.type !== 'data') this.readSoon(0);
    });
    this.readSoon(0);
  }

  private stop(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.subscription?.dispose();
    this.subscription = undefined;
  }

  /** Whether somebody asked while a reading was under way. */
  private wasAskedAgain(): boolean {
    return this.readAgain;
  }

  private isWatching(): boolean {
    return this.subscription !== undefined;
  }

  private readSoon(delay: number): void {
    if (!this.isWatching()) return;
    if (this.isReading) {
      this.readAgain = true;
      return;
    }
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.timer = undefined;
      this.read().catch(this.onError);
    }, delay);
  }

  private async read(): Promise<void> {
    this.isReading = true;
    let busy = 0;
    try {
      busy = await this.readAll();
    } finally {
      this.isReading = false;
      this.readSoon(this.wasAskedAgain() ? 0 : Math.max(interval, busy / mostLoad));
    }
  }

  /** @returns milliseconds of work, without the turns of others. */
  private async readAll(): Promise<number> {
    const before = this.current();
    const after: WatchedTerminal[] = [];
    let busy = 0;
    let begin = performance.now();
    for (const { info, snapshot: last } of before) {
      const reading = readTerminalInSteps(info.pid, info.root, this.host);
      let step = reading.next();
      while (!step.done) {
        if (performance.now() - begin >= turn) {
          busy += performance.now() - begin;
          await nextTurn();
          if (!this.isWatching()) return busy;
          begin = performance.now();
        }
        step = reading.next();
      }
      // A terminal whose processes are gone has as good as ended: its last picture stays until the runtime says so.
      const snapshot = step.value ?? last;
      after.push({ info, snapshot: sameSnapshot(last, snapshot) ? last : snapshot });
    }
    this.publish(after);
    return busy + performance.now() - begin;
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
