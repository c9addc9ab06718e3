import { diffMachines, isEmptyDiff } from '../inspect/machineDiff';
import { MachineIndex } from '../inspect/machineIndex';
import type { MachineSnapshot } from '../inspect/snapshot';
import { Emitter } from '../kernel/emitter';
import { Disposable, type DisposableLike } from './disposable';

/** Milliseconds between two scans, if nobody asks for one sooner. */
const interval = 1000;

/** Milliseconds until the next scan after one that failed. */
const rest = 10_000;

/** Scanning takes at most this part of the time, however many processes there are. */
const mostLoad = 0.15;

/** Scans the machine again and again while somebody looks, and does nothing otherwise. */
export class MachineWatcher extends Disposable {
  private readonly changed: Emitter<MachineIndex>;
  private readonly scanned: Emitter<MachineIndex>;
  private latest: MachineIndex | undefined;
  private holders = 0;
  private scanning: Promise<MachineIndex> | undefined;
  private timer: NodeJS.Timeout | undefined;
  /** When the next scan is planned, and before when there must be none; on the clock of performance.now(). */
  private plannedAt = Infinity;
  private earliest = 0;
  /** How long the scan before took, in milliseconds. */
  private lastTook = Infinity;

  /** Fires when the machine looks different from what was last told. */
  readonly onDidChange: Emitter<MachineIndex>['event'];
  /** Fires after each scan; with the same object as before if nothing has changed. */
  readonly onDidScan: Emitter<MachineIndex>['event'];

  constructor(
    private readonly scan: (before: MachineSnapshot | undefined) => Promise<MachineSnapshot>,
    private readonly onError: (error: unknown) => void = console.error,
  ) {
    super();
    this.changed = this.register(new Emitter(onError));
    this.scanned = this.register(new Emitter(onError));
    this.onDidChange = this.changed.event;
    this.onDidScan = this.scanned.event;
    this.register({
      dispose: () => {
        this.holders = 0;
        this.cancel();
      },
    });
  }

  /** As it was last seen; undefined until it has been scanned once. Old, while nobody holds. */
  current(): MachineIndex | undefined {
    return this.latest;
  }

  /** Scans the machine now, for whoever needs it once. @throws Failure */
  async once(): Promise<MachineIndex> {
    this.scanning ??= this.scanAgain().finally(() => (this.scanning = undefined));
    return this.scanning;
  }

  /** Keeps the machine watched until the answer is disposed. */
  hold(): DisposableLike {
    let isHeld = true;
    if (this.holders++ === 0) this.soon(0);
    return {
      dispose: () => {
        if (!isHeld) return;
        isHeld = false;
        if (--this.holders === 0) this.cancel();
      },
    };
  }

  /** Something may have happened: the next scan begins in so many milliseconds, if somebody holds. */
  soon(delay: number): void {
    const now = performance.now();
    const at = Math.max(now + delay, this.earliest);
    if (this.holders === 0 || at >= this.plannedAt) return;
    this.cancel();
    this.plannedAt = at;
    this.timer = setTimeout(() => void this.planned(), at - now);
  }

  private cancel(): void {
    clearTimeout(this.timer);
    this.plannedAt = Infinity;
  }

  private async planned(): Promise<void> {
    this.plannedAt = Infinity;
    const begin = performance.now();
    const worked = await this.once().then(
      () => true,
      (error: unknown) => {
        this.onError(error);
        return false;
      },
    );
    const end = performance.now();
    const took = end - begin;
    // One that was slow because the machine was busy, and not because of the processes, is followed by a quicker one.
    this.earliest = end + (worked ? Math.min(took, this.lastTook) / mostLoad : rest);
    this.lastTook = took;
    this.soon(interval);
  }

  private async scanAgain(): Promise<MachineIndex> {
    const before = this.latest;
    const snapshot = await this.scan(before?.snapshot);
    const isSame = before !== undefined && isEmptyDiff(diffMachines(before.snapshot, snapshot));
    const index = isSame ? before : new MachineIndex(snapshot);
    this.latest = index;
    if (!isSame) this.changed.fire(index);
    this.scanned.fire(index);
    return index;
  }
}
