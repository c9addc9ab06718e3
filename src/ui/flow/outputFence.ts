import { EscapeScanner } from './escapeScanner';

/** "Report your status" and its answer "I am well" (DSR, ECMA-48 8.3.35). */
const query = '\x1b[5n';
const answer = '\x1b[0n';

/** Characters between two fences. */
const distance = 64 * 1024;

/** The program is stopped while so many fences are out, and goes on when only so many are. */
const most = 8;
const few = 4;

/** A terminal that says nothing for so long is not waited for any longer, in milliseconds. */
const patience = 5000;

/** In the middle of a sequence no fence can be put; after so many characters of it the program gets a rest instead. */
const longestSequence = 256 * 1024;
const rest = 100;

export interface Flow {
  /** What the terminal is to show. */
  write(data: string): void;
  /** Lets the program wait, or go on. */
  pause(): void;
  resume(): void;
}

/**
 * Keeps a program from running ahead of the terminal that shows it. VS Code takes what an extension writes without
 * saying when it was parsed; but it answers queries in their turn. So every now and then a query goes into the output,
 * a fence; its answer is taken out of the input, and tells that everything before it has been parsed.
 */
export class OutputFence {
  private readonly scanner = new EscapeScanner();
  /** Whose answers are awaited, in their order. */
  private readonly awaited: ('fence' | 'program')[] = [];
  private sinceFence = 0;
  private out = 0;
  private isPaused = false;
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly flow: Flow) {}

  /** Output of the program, in whatever pieces. */
  output(data: string): void {
    const { queries, gap } = this.scanner.scan(data);
    this.sinceFence += data.length;
    if (this.sinceFence < distance || gap < 0) {
      this.await('program', queries.length);
      this.flow.write(data);
      if (this.sinceFence >= longestSequence) this.giveRest();
      return;
    }
    const before = queries.filter((end) => end <= gap).length;
    this.await('program', before);
    this.await('fence', 1);
    this.await('program', queries.length - before);
    this.sinceFence = data.length - gap;
    this.out++;
    this.flow.write(`${data.slice(0, gap)}${query}${data.slice(gap)}`);
    if (this.out >= most) this.pause(patience);
  }

  /** What a person typed, or the terminal answered. @returns what of it is for the program. */
  input(data: string): string {
    if (this.awaited.length === 0 || !data.includes(answer)) return data;
    const parts = data.split(answer);
    return parts.reduce((rest, part) => {
      const whose = this.awaited.shift();
      if (whose === 'fence') this.passed();
      return `${rest}${whose === 'fence' ? '' : answer}${part}`;
    });
  }

  /** Nothing is held back any longer: the program has ended, or its terminal is gone. */
  dispose(): void {
    this.goOn();
  }

  private await(whose: 'fence' | 'program', count: number): void {
    for (let i = 0; i < count; i++) this.awaited.push(whose);
  }

  private passed(): void {
    this.out = Math.max(0, this.out - 1);
    if (this.out <= few) this.goOn();
    else if (this.isPaused) this.pause(patience);
  }

  private giveRest(): void {
    this.sinceFence = 0;
    this.pause(rest);
  }

  private pause(longest: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.out = 0;
      this.goOn();
    }, longest);
    if (this.isPaused) return;
    this.isPaused = true;
    this.flow.pause();
  }

  private goOn(): void {
    clearTimeout(this.timer);
    if (!this.isPaused) return;
    this.isPaused = false;
    this.flow.resume();
  }
}
