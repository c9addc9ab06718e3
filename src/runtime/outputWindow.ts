/** What can be stopped for a while, as a pty can. */
export interface Pausable {
  pause(): void;
  resume(): void;
}

/**
 * Stops a terminal's output while too much of it has not been acknowledged. The count is kept where the output comes
 * from, so it holds even if whoever is to acknowledge is in another process, and busy.
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

  acknowledged(count: number): void {
    this.add(-Math.min(count, this.unacknowledged));
  }

  /** Lets everything pass from here on. */
  open(): void {
    this.size = Infinity;
    this.add(0);
  }

  private add(count: number): void {
    this.unacknowledged += count;
    const isFull = this.unacknowledged >= this.size;
    if (isFull === this.isPaused) return;
    this.isPaused = isFull;
    if (isFull) this.source.pause();
    else this.source.resume();
  }
}
