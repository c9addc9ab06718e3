/**
 * How long output is collected before it is handed on, in milliseconds: where there is little of it, and where there is
 * more than a program writes for a person to read. At most how much of it, in characters.
 */
const round = { little: 4, much: 16 };
const much = 16 * 1024;
const longest = 256 * 1024;

/**
 * Hands output on in few large pieces: a pty gives at most 4 KB at a time, and every piece costs each process that it
 * goes through. What comes after a silence, as the echo of a key, is handed on at once.
 */
export class Batches {
  private collected: string[] = [];
  private length = 0;
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly handOn: (data: string) => void) {}

  add(data: string): void {
    this.collected.push(data);
    this.length += data.length;
    if (!this.timer || this.length >= longest) this.flush();
  }

  /** Hands on what there is. */
  flush(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (this.length === 0) return;
    this.timer = setTimeout(() => this.flush(), this.length < much ? round.little : round.much);
    const data = this.collected.join('');
    this.collected = [];
    this.length = 0;
    this.handOn(data);
  }
}
