import { OutputFence } from '../../src/ui/flow/outputFence';

/** The questions that stand in output, and how a terminal answers each. */
// eslint-disable-next-line no-control-regex -- they begin with ESC
const question = /\x1b\[\?(\d+)\$p|\x1b\[5n/g;

/** A terminal that parses when it is told to, and answers every question in its turn, as VS Code's does. */
export class Screen {
  /** What it was given and has parsed, and what not yet. */
  shown = '';
  waiting = '';
  /** What the program was given to read. */
  typed = '';
  acknowledged = 0;
  window = 0;
  longest = 0;
  readonly fence = new OutputFence({
    show: (data) => {
      this.waiting += data;
      this.longest = Math.max(this.longest, this.waiting.length);
    },
    type: (data) => (this.typed += data),
    acknowledge: (count, window) => {
      this.acknowledged += count;
      this.window = window;
    },
  });

  /** Parses what waits. @returns the answers. */
  parse(): string[] {
    const parsed = this.waiting;
    this.shown += parsed;
    this.waiting = '';
    return answersTo(parsed);
  }

  type(data: string): void {
    this.typed += this.fence.input(data);
  }
}

export function answersTo(output: string): string[] {
  return Array.from(output.matchAll(question), ([, mode]) =>
    mode === undefined ? '\x1b[0n' : `\x1b[?${mode};0$y`,
  );
}

/** Output without the fences in it. */
export function withoutFences(output: string): string {
  return fenced(output).join('');
}

/** The pieces of output between the fences. */
export function fenced(output: string): string[] {
  // eslint-disable-next-line no-control-regex -- a fence begins with ESC
  return output.split(/\x1b\[\?\d{10}\$p/);
}
