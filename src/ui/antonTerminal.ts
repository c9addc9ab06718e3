import * as vscode from 'vscode';
import type { End, OpenRequest, Runtime, TerminalId, TerminalInfo } from '../runtime/runtime';
import { Disposable } from './disposable';
import { OutputFence, outputWindow } from './flow/outputFence';
import { t } from './language';
import { describeEnd } from './words/ends';

/** A request as far as it is known before VS Code has laid out the terminal. */
export type PlannedTerminal = Omit<OpenRequest, 'columns' | 'rows' | 'window'>;

/** A terminal that runs already, and is only to be shown again. */
export interface Restored {
  readonly info: TerminalInfo;
  /** What draws it on an empty terminal of that size; its output follows as events. @throws Failure */
  attach(size: vscode.TerminalDimensions | undefined): Promise<string>;
}

/** How long VS Code may take to say why it closed a terminal, in milliseconds. */
const reasonPatience = 1000;

/** The size to start with where VS Code has none yet: a terminal that was never shown. */
const usualSize: vscode.TerminalDimensions = { columns: 80, rows: 24 };

/** One of Anton's terminals as VS Code sees it. It starts when VS Code opens it, because only then is its size known. */
export class AntonTerminal extends Disposable implements vscode.Pseudoterminal {
  private readonly written = this.register(new vscode.EventEmitter<string>());
  private readonly closed = this.register(new vscode.EventEmitter<void | number>());
  private readonly fence = new OutputFence({
    show: (data) => this.written.fire(data),
    type: (data) => this.type(data),
    acknowledge: (count) => this.info && this.runtime.acknowledge(this.info.id, count),
  });
  private info: TerminalInfo | undefined;
  private size: vscode.TerminalDimensions | undefined;
  private typedEarly = '';
  private isClosed = false;
  private hasEnded = false;
  private closing: NodeJS.Timeout | undefined;

  readonly onDidWrite = this.written.event;
  readonly onDidClose = this.closed.event;

  /** Settles when the program runs, or is refused. */
  readonly opened: Promise<TerminalInfo>;
  /** Settles when the first process has ended, or never ran. */
  readonly ended: Promise<End | undefined>;
  private resolveOpened!: (info: TerminalInfo) => void;
  private rejectOpened!: (error: unknown) => void;
  private resolveEnded!: (end: End | undefined) => void;

  constructor(
    private readonly runtime: Runtime,
    readonly plan: PlannedTerminal,
    private readonly restored?: Restored,
  ) {
    super();
    this.info = restored?.info;
    this.opened = new Promise((resolve, reject) => {
      this.resolveOpened = resolve;
      this.rejectOpened = reject;
    });
    // Whoever opened the terminal awaits it; a terminal that VS Code made by itself has nobody else who does.
    this.opened.catch(() => undefined);
    this.ended = new Promise((resolve) => (this.resolveEnded = resolve));
  }

  get id(): TerminalId | undefined {
    return this.info?.id;
  }

  open(size: vscode.TerminalDimensions | undefined): void {
    this.size = size;
    void this.start();
  }

  /** VS Code closes a terminal of a person's, and of a window that goes; which it is, it says in `closedFor`. */
  close(): void {
    if (this.isClosed) return;
    this.isClosed = true;
    this.fence.dispose();
    this.closing = setTimeout(() => this.endOfUse(), reasonPatience);
    this.dispose();
  }

  /** The terminals of a window that goes wait for it to come back; all others end. */
  closedFor(reason: vscode.TerminalExitReason | undefined): void {
    this.close();
    clearTimeout(this.closing);
    if (reason !== vscode.TerminalExitReason.Shutdown) this.endOfUse();
  }

  handleInput(data: string): void {
    const typed = this.fence.input(data);
    if (typed !== '') this.type(typed);
  }

  setDimensions(size: vscode.TerminalDimensions): void {
    this.size = size;
    if (this.info) this.runtime.resize(this.info.id, size.columns, size.rows);
  }

  private type(data: string): void {
    if (this.hasEnded) this.closeFromInside();
    else if (this.info) this.runtime.write(this.info.id, data);
    else this.typedEarly += data;
  }

  private endOfUse(): void {
    if (this.info && !this.hasEnded) void this.end(this.info.id);
  }

  private async start(): Promise<void> {
    const asked = this.size ?? usualSize;
    this.register(
      this.runtime.subscribe((event) => {
        if (!('id' in event) || event.id !== this.info?.id) return;
        if (event.type === 'data') this.fence.output(event.data);
        else this.onEnded(event.end);
      }),
    );
    try {
      const info = this.restored ? await this.show(this.restored) : await this.run(asked);
      this.info = info;
      if (this.isClosed) this.endOfUse();
      if (this.size && this.size !== asked) this.setDimensions(this.size);
      if (this.typedEarly) this.runtime.write(info.id, this.typedEarly);
      this.resolveOpened(info);
    } catch (error) {
      this.rejectOpened(error);
      this.resolveEnded(undefined);
      this.closeFromInside();
    }
  }

  private run({ columns, rows }: vscode.TerminalDimensions): Promise<TerminalInfo> {
    return this.runtime.open({
      ...this.plan,
      columns: Math.max(1, columns),
      rows: Math.max(1, rows),
      window: outputWindow,
    });
  }

  private async show(restored: Restored): Promise<TerminalInfo> {
    this.written.fire(await restored.attach(this.size));
    return restored.info;
  }

  /** A shell that says goodbye by itself goes at once, as in VS Code; everything else stays to be read. */
  private onEnded(end: End): void {
    this.fence.dispose();
    this.hasEnded = true;
    this.resolveEnded(end);
    if (this.plan.command === undefined && 'code' in end && end.code === 0) {
      this.closeFromInside();
      return;
    }
    const text = t('{0} {1}. Press any key to close the terminal.', this.plan.name, describeEnd(end, t));
    // On a line of its own, whatever modes the program left behind: default colours, visible cursor, main screen.
    this.written.fire(`\x1b[?1049l\x1b[0m\x1b[?25h\r\n\x1b[2m${text}\x1b[0m\r\n`);
  }

  /** A closed terminal hears of nothing any more, its end included. */
  private async end(id: TerminalId): Promise<void> {
    await this.runtime.close(id);
    this.resolveEnded(undefined);
  }

  private closeFromInside(): void {
    if (this.isClosed) return;
    this.isClosed = true;
    this.closed.fire();
    this.dispose();
  }
}
