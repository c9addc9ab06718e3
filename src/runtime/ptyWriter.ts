import * as fs from 'node:fs';

/** How long to wait for a program that does not read, in milliseconds: first, and at most. */
const shortestPause = 1;
const longestPause = 50;

/**
 * Writes to a pty's master that does not block, in order and as fast as the program reads. It takes the place of
 * node-pty's own writer, which asks again without a pause while the program does not read, and which goes on after
 * the descriptor is closed: by then its number may be another terminal's.
 */
export class PtyWriter {
  private readonly queue: Buffer[] = [];
  private timer: NodeJS.Timeout | undefined;
  private disposed = false;

  constructor(private readonly fd: number) {}

  write(data: string | Uint8Array): void {
    const bytes = Buffer.from(data as string, 'utf8');
    if (this.disposed || bytes.length === 0) return;
    this.queue.push(bytes);
    if (this.timer === undefined) this.flush(shortestPause);
  }

  /** Writes what the kernel takes: at most some 64 KiB at once, which takes it microseconds. */
  private flush(pause: number): void {
    this.timer = undefined;
    let [bytes] = this.queue;
    while (bytes) {
      const written = this.tryToWrite(bytes);
      if (written === undefined) {
        this.timer = setTimeout(() => {
          this.flush(Math.min(pause * 2, longestPause));
        }, pause);
        return;
      }
      pause = shortestPause;
      if (written < bytes.length) this.queue[0] = bytes.subarray(written);
      else this.queue.shift();
      [bytes] = this.queue;
    }
  }

  /** @returns undefined while the kernel's buffer is full. */
  private tryToWrite(bytes: Buffer): number | undefined {
    try {
      return fs.writeSync(this.fd, bytes);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EAGAIN') return undefined;
      // EIO: the terminal has hung up, and nobody will read this.
      this.queue.length = 0;
      return 0;
    }
  }

  /** To be called before the descriptor is closed. */
  dispose(): void {
    this.disposed = true;
    this.queue.length = 0;
    clearTimeout(this.timer);
  }
}
