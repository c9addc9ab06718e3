/** What can be stopped for a while, as a pty can. */
export interface Pausable {
  pause(): void;
  resume(): void;
}

/** How much may be unacknowledged when output that was stopped goes on, of a window of that size; in characters. */
export function resumeThreshold(size: number): number {
  return size / 2;
}

/**
 * Stops a terminal's output when too much of it has not been acknowledged, until half of that has: many small pieces
 * cost more than few large ones. The count is kept where the output comes from, so it holds even if whoever is to
 * acknowledge is in another process, and busy.
 */
export class OutputWindow {
  private unacknowledged = 0;
  private isPaused = false;

  /** @param size in characters. */
  constructor(
    private size: number,
    private readonly source: Pausable,
  ) {}

  sent(count: number): void {
    this.add(count);
  }

  /** @param size from now on, in characters; as it was if undefined. */
  acknowledged(count: number, size = this.size): void {
    if (this.size !== Infinity) this.size = size;
    this.add(-Math.min(count, this.unacknowledged));
  }

  /** Lets everything pass from here on. */
  open(): void {
    this.size = Infinity;
    this.add(0);
  }

  private add(count: number): void {
    this.unacknowledged += count;
    const isPaused = this.isPaused
      ? this.unacknowledged > resumeThreshold(this.size)
      : this.unacknowledged >= this.size;
    if (isPaused === this.isPaused) return;
    this.isPaused = isPaused;
    if (isPaused) this.source.pause();
    else this.source.resume();
  }
}
