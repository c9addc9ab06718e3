import { randomInt } from 'node:crypto';
import { AnswerFilter } from './answerFilter';
import { EscapeScanner } from '../../runtime/escapeScanner';
import { resumeThreshold } from '../../runtime/outputWindow';

/** So many characters may be on their way to the terminal's parser: at first and at most, and at least. */
export const outputWindow = 512 * 1024;
const leastWindow = 64 * 1024;

/**
 * How long they should take to get there, in milliseconds: that a program was interrupted is seen only after them. Many
 * short lines are more work than as many characters in long ones, so the window follows what the terminal does: over
 * at least so many milliseconds, and by so much a time, because now and then something else holds it up.
 */
const wantedDelay = 100;
const shortestMeasure = 20;
const weight = 0.25;

/** How many fences stand in a window; the source goes on once half of it is acknowledged, so at least two. */
const fencesInWindow = 4;

/** How long the next fence's answer is waited for at first, and at most, in milliseconds. */
const patience = { first: 1000, longest: 60 * 60 * 1000 };

/** What the source may go on with at most though nothing was answered, in characters. */
const portion = 64 * 1024;

/** How long the program waits for every portion of a sequence too long for the window, in milliseconds. */
const rest = 20;

export interface Flow {
  /** What the terminal is to show. */
  show(data: string): void;
  /** What a person typed; called later than `input` for what could have been the beginning of an answer. */
  type(data: string): void;
  /** So many characters of output have been shown, or given up; so many may be unacknowledged from now on. */
  acknowledge(count: number, window: number): void;
}

/** A question that stands in the output. */
interface Fence {
  readonly number: number;
  /** How many characters of output are before it. */
  readonly position: number;
  /** When it was asked, in milliseconds since 1970. */
  readonly askedAt: number;
}

/**
 * Keeps a program from running ahead of the terminal that shows it. VS Code takes what an extension writes without
 * saying when it was parsed; but it answers questions in their turn. So every now and then a question goes into the
 * output, a fence; its answer is taken out of the input, and tells that everything before it has been parsed.
 *
 * The question is for the state of a private mode that does not exist (DECRQM), because its answer repeats the mode's
 * number: it is not to be confused with the answer to a question of the program, whatever gets lost or comes late.
 */
export class OutputFence {
  private readonly scanner = new EscapeScanner();
  private readonly answers: AnswerFilter;
  private fences: Fence[] = [];
  /** Drawn by lot, so that no program can ask for the same. */
  private nextNumber = randomInt(1_000_000_000, 2_000_000_000);
  private received = 0;
  private acknowledged = 0;
  private lastFence = 0;
  private window = outputWindow;
  /** The window that the source has for certain: of a terminal of before this one may have become the least. */
  private told = leastWindow;
  /** Characters that the terminal has dealt with since then, in milliseconds since 1970. */
  private measured = { count: 0, since: 0 };
  private patience = patience.first;
  private timer: NodeJS.Timeout | undefined;
  private isDisposed = false;

  constructor(private readonly flow: Flow) {
    this.answers = new AnswerFilter(
      (number) => this.passed(number),
      (typed) => flow.type(typed),
    );
  }

  /** Output of the program, in whatever pieces. */
  output(data: string): void {
    const gap = this.scanner.scan(data);
    const position = this.received + gap;
    this.received += data.length;
    if (gap >= 0 && position - this.lastFence >= this.told / fencesInWindow) {
      const number = this.nextNumber++;
      this.fences.push({ number, position, askedAt: Date.now() });
      this.lastFence = position;
      this.flow.show(`${data.slice(0, gap)}\x1b[?${number}$p${data.slice(gap)}`);
    } else this.flow.show(data);
    this.watch();
  }

  /** What a person typed, or the terminal answered. @returns what of it is for the program. */
  input(data: string): string {
    return this.answers.filter(data, this.fences.length > 0 && !this.isDisposed);
  }

  /** Ends the waiting: the program has ended, or its terminal is gone. Late answers are still taken out. */
  dispose(): void {
    this.isDisposed = true;
    clearTimeout(this.timer);
    this.answers.dispose();
  }

  /** @returns whether the number is a fence's. */
  private passed(number: number): boolean {
    const fence = this.fences.find((each) => each.number === number);
    if (!fence) return false;
    this.fences = this.fences.filter((each) => each.number > number);
    this.patience = patience.first;
    this.measure(fence);
    this.acknowledge(fence.position - this.acknowledged);
    return true;
  }

  /** How much the terminal deals with in the wanted time is to be under way. */
  private measure({ position, askedAt }: Fence): void {
    const { measured } = this;
    const now = Date.now();
    // Before it was asked, there was a silence.
    measured.since = Math.max(measured.since, askedAt);
    measured.count += Math.max(0, position - this.acknowledged);
    const time = now - measured.since;
    if (time < shortestMeasure) return;
    const fitting = (measured.count / time) * wantedDelay;
    const next = this.window + (fitting - this.window) * weight;
    this.window = Math.round(Math.min(outputWindow, Math.max(leastWindow, next)));
    this.measured = { count: 0, since: now };
  }

  private acknowledge(count: number): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (count > 0) {
      this.acknowledged += count;
      this.told = this.window;
      this.flow.acknowledge(count, this.window);
    }
    this.watch();
  }

  /**
   * A program that waits goes on a little when its time has come, though nothing was answered. While a fence is out
   * the time doubles: what piles up before a terminal that never answers is next to nothing. If none is, the output
   * is in a sequence, such as a picture, or has no place for a fence; the terminal is not behind, as far as is known.
   */
  private watch(): void {
    // With less to be acknowledged, the source does not wait.
    if (this.isDisposed || this.timer || this.received - this.acknowledged <= resumeThreshold(this.told))
      return;
    const isBehind = this.fences.length > 0;
    this.timer = setTimeout(() => this.giveUp(isBehind), isBehind ? this.patience : rest);
  }

  private giveUp(wasBehind: boolean): void {
    if (wasBehind) this.patience = Math.min(this.patience * 2, patience.longest);
    this.acknowledge(Math.min(portion, this.received - this.acknowledged));
  }
}
