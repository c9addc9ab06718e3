import type { End, OpenRequest, Runtime, TerminalInfo } from '../runtime/runtime';
import type { KeptInfo, Size } from './protocol';
import { Batches } from './batches';
import { Screen, usualScrollback } from './screen';

/** Who is told of a terminal's output while it watches. */
export interface Onlooker {
  data(data: string): void;
  changed(info: TerminalInfo): void;
  ended(end: End): void;
}

/** A terminal with what it looks like, whether a window shows it or not. */
export class KeptTerminal {
  private readonly screen: Screen;
  private readonly batches = new Batches((data) => this.handOn(data));
  private onlooker: Onlooker | undefined;
  /** Characters of output: that came, that the window has dealt with, that the screen has parsed, that are told of. */
  private received = 0;
  private shown = 0;
  private parsed = 0;
  private acknowledged = 0;
  private mostUnderWay: number | undefined;
  /** It is about to be drawn for a window. */
  private isRedrawn = false;
  private drawings = 0;
  private column: number | undefined;
  private wakers: (() => void)[] = [];

  end: End | undefined;

  constructor(
    private readonly runtime: Pick<Runtime, 'acknowledge' | 'write' | 'resize' | 'kill'>,
    public info: TerminalInfo,
    readonly request: OpenRequest,
  ) {
    this.screen = new Screen(request, request.scrollback ?? usualScrollback, (answer) => this.answer(answer));
  }

  /** From here on this one hears of everything. */
  showTo(onlooker: Onlooker): void {
    this.onlooker = onlooker;
  }

  output(data: string): void {
    this.batches.add(data);
  }

  private handOn(data: string): void {
    this.received += data.length;
    this.screen.write(data, () => {
      this.parsed += data.length;
      this.settle();
      if (this.parsed === this.received) this.wake();
    });
    if (this.onlooker) this.onlooker.data(data);
    else if (!this.isRedrawn) this.shown = this.received;
    this.settle();
  }

  change(info: TerminalInfo): void {
    this.batches.flush();
    this.info = info;
    this.onlooker?.changed(info);
  }

  /** @returns whether somebody heard of it. */
  ended(end: End): boolean {
    this.batches.flush();
    this.end = end;
    this.onlooker?.ended(end);
    return this.onlooker !== undefined;
  }

  /** So much has the window dealt with; and so much may be on its way to it from now on, if it says so. */
  acknowledge(count: number, mostUnderWay: number | undefined): void {
    this.mostUnderWay = mostUnderWay ?? this.mostUnderWay;
    this.shown = Math.min(this.received, this.shown + count);
    this.settle();
  }

  write(data: string): void {
    this.runtime.write(this.info.id, data);
  }

  /** It is shown in this column of editors; null: in the panel. */
  stand(column: number | null): void {
    this.column = column ?? undefined;
  }

  kill(): void {
    this.runtime.kill(this.info.id);
  }

  resize(size: Size): void {
    if (size.columns <= 0 || size.rows <= 0) return;
    this.screen.resize(size);
    this.runtime.resize(this.info.id, size.columns, size.rows);
  }

  get isBeingDrawn(): boolean {
    return this.isRedrawn;
  }

  /** Nobody looks any more: the program goes on, and its output is only drawn here. */
  hide(): void {
    this.onlooker = undefined;
    this.shown = this.received;
    this.settle();
  }

  /**
   * What draws the terminal on an empty one; what comes later goes to the onlooker. A flood waits meanwhile, because
   * nobody acknowledges it.
   * @returns undefined if nobody wants it any more once it is drawn.
   */
  async redraw(
    size: Size | undefined,
    onlooker: Onlooker,
    isWanted: () => boolean,
  ): Promise<string | undefined> {
    this.batches.flush();
    if (size && !isSame(size, this.screen.size)) this.resize(size);
    this.onlooker = undefined;
    this.isRedrawn = true;
    const drawing = ++this.drawings;
    do {
      while (this.parsed < this.received) await new Promise<void>((resolve) => this.wakers.push(resolve));
      await this.screen.caughtUp();
    } while (this.parsed < this.received);
    // Another window has asked for it meanwhile.
    if (drawing !== this.drawings) return undefined;
    this.isRedrawn = false;
    if (!isWanted()) {
      this.hide();
      return undefined;
    }
    this.shown = this.received;
    this.onlooker = onlooker;
    const output = this.screen.redraw();
    this.settle();
    return output;
  }

  kept(isActive: boolean): KeptInfo {
    const { info, request, column } = this;
    return { info, request, isActive, ...(column === undefined ? {} : { column }) };
  }

  dispose(): void {
    this.batches.flush();
    this.screen.dispose();
    this.wake();
  }

  /** What nobody else answers: a window has a terminal that does. */
  private answer(data: string): void {
    if (!this.onlooker) this.write(data);
  }

  private settle(): void {
    const done = Math.min(this.shown, this.parsed);
    if (done <= this.acknowledged) return;
    this.runtime.acknowledge(this.info.id, done - this.acknowledged, this.mostUnderWay);
    this.acknowledged = done;
  }

  private wake(): void {
    const { wakers } = this;
    this.wakers = [];
    for (const wake of wakers) wake();
  }
}

function isSame(a: Size, b: Size): boolean {
  return a.columns === b.columns && a.rows === b.rows;
}
