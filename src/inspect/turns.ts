/** How long one turn of the event loop may go on, in milliseconds. */
const longestTurn = 1;

/** Divides long work into turns, so that whatever else waits for the event loop gets one in between. */
export class Turns {
  private begin = performance.now();

  /** Calls `make` for 0, 1, ... up to `count`, as many in one turn as fit, and gives all that it returned. */
  async map<T>(count: number, make: (index: number) => T): Promise<T[]> {
    const all: T[] = [];
    for (let index = 0; index < count; index++) {
      // Asking for the time takes about as long as decoding a row.
      if (index % 32 === 0 && performance.now() - this.begin > longestTurn) await this.pause();
      all.push(make(index));
    }
    return all;
  }

  private async pause(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    this.begin = performance.now();
  }
}
