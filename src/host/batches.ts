/**
 * How long output is collected before it is handed on, in milliseconds: where there is little of it, and where there is
 * more than a program writes for a person to read. At most how much of it, in characters.
 */
const round = { little: 4, much: 16 };
const much = 16 * 1024;
const longest = 256 * 1024;

/** What a pty gives at a time at most, in bytes; more follows it. */
const fullPiece = 4095;

/** A flood stops whenever too much is under way; so long may it stop and still be the same, in milliseconds. */
const longestStop = 500;

/**
 * Hands output on in few large pieces: a pty gives at most 4 KB at a time, and every piece costs each process that it
 * goes through. What comes after a silence, as the echo of a key, is handed on at once.
 */
export class Batches {
  private collected: string[] = [];
  private length = 0;
  private timer: NodeJS.Timeout | undefined;
  /** When there was much at once, in milliseconds since 1970. */
  private lastMuch = 0;

  constructor(private readonly handOn: (data: string) => void) {}

  add(data: string): void {
    this.collected.push(data);
    this.length += data.length;
    if (this.length >= longest) this.flush();
    else if (this.timer) return;
    else if (data.length < fullPiece) this.flush();
    else this.wait(Date.now() - this.lastMuch < longestStop ? round.much : round.little);
  }

  /** Hands on what there is. */
  flush(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (this.length === 0) return;
    const isMuch = this.length >= much;
    if (isMuch) this.lastMuch = Date.now();
    this.wait(isMuch ? round.much : round.little);
    const data = this.collected.join('');
    this.collected = [];
    this.length = 0;
    this.handOn(data);
  }

  private wait(time: number): void {
    this.timer = setTimeout(() => this.flush(), time);
  }
}
