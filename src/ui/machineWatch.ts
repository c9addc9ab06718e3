import { diffMachines, isEmptyDiff } from '../inspect/machineDiff';
import { MachineIndex } from '../inspect/machineIndex';
import type { MachineSnapshot } from '../inspect/snapshot';
import { Emitter } from '../kernel/emitter';
import { Disposable, type DisposableLike } from './disposable';

/** Milliseconds between two scans. */
const interval = 1000;

/** Scanning takes at most this part of the time, however many processes there are. */
const mostLoad = 0.15;

/** Scans the machine again and again while somebody looks, and does nothing otherwise. */
export class MachineWatcher extends Disposable {
  private readonly changed: Emitter<MachineIndex>;
  private latest: MachineIndex | undefined;
  private holders = 0;
  private scanning: Promise<MachineIndex> | undefined;
  private timer: NodeJS.Timeout | undefined;

  /** Fires when the machine looks different from what was last told. */
  readonly onDidChange: Emitter<MachineIndex>['event'];

  constructor(
    private readonly scan: (before: MachineSnapshot | undefined) => Promise<MachineSnapshot>,
    private readonly onError: (error: unknown) => void = console.error,
  ) {
    super();
    this.changed = this.register(new Emitter(onError));
    this.onDidChange = this.changed.event;
    this.register({
      dispose: () => {
        this.holders = 0;
        clearTimeout(this.timer);
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
    if (this.holders++ === 0) this.scanSoon(0);
    return {
      dispose: () => {
        if (!isHeld) return;
        isHeld = false;
        if (--this.holders === 0) clearTimeout(this.timer);
      },
    };
  }

  private scanSoon(delay: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      const begin = performance.now();
      this.once()
        .catch(this.onError)
        .finally(() => {
          if (this.holders > 0) this.scanSoon(Math.max(interval, (performance.now() - begin) / mostLoad));
        });
    }, delay);
  }

  private async scanAgain(): Promise<MachineIndex> {
    const before = this.latest;
    const snapshot = await this.scan(before?.snapshot);
    if (before && isEmptyDiff(diffMachines(before.snapshot, snapshot))) return before;
    const index = new MachineIndex(snapshot);
    this.latest = index;
    this.changed.fire(index);
    return index;
  }
}
