import * as vscode from 'vscode';
import type { End, OpenRequest, Runtime, TerminalId, TerminalInfo } from '../runtime/runtime';
import { Disposable } from './disposable';
import { OutputFence, outputWindow } from './flow/outputFence';
import { t } from './language';
import { refusalText } from './refusalText';
import { TerminalTitle } from './terminalTitle';
import { describeEnd } from './words/ends';

/** A request as far as it is known before VS Code has laid out the terminal. */
export type PlannedTerminal = Omit<OpenRequest, 'columns' | 'rows' | 'window' | 'env'>;

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

/** Main screen, default colours, visible cursor, and keys, pastes and mouse as they are without a program's wishes. */
const usualModes = '\x1b[?1049l\x1b[0m\x1b[?25h\x1b[?1l\x1b>\x1b[?2004l\x1b[?1000;1002;1003;1006l';

function keysText(): string {
  return t('Press Enter to start it again, or any other key to close the terminal.');
}

/** One of Anton's terminals as VS Code sees it. It starts when VS Code opens it, because only then is its size known. */
export class AntonTerminal extends Disposable implements vscode.Pseudoterminal {
  private readonly written = this.register(new vscode.EventEmitter<string>());
  private readonly closed = this.register(new vscode.EventEmitter<void | number>());
  private readonly renamed = this.register(new vscode.EventEmitter<string>());
  private fence = this.newFence();
  private title: TerminalTitle | undefined;
  private info: TerminalInfo | undefined;
  private size: vscode.TerminalDimensions | undefined;
  private typedEarly = '';
  private isClosed = false;
  private hasEnded = false;
  private closing: NodeJS.Timeout | undefined;
  private isStarting = false;

  readonly onDidWrite = this.written.event;
  readonly onDidClose = this.closed.event;
  readonly onDidChangeName = this.renamed.event;

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
    /** Read when the program starts, while VS Code makes room for it. */
    private readonly environment: () => Promise<OpenRequest['env']>,
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

  /** Called once VS Code has closed it; until then it may start again. */
  onClosed(listener: () => void): void {
    this.register({ dispose: listener });
  }

  get id(): TerminalId | undefined {
    return this.info?.id;
  }

  open(size: vscode.TerminalDimensions | undefined): void {
    this.size = size;
    this.register(
      this.runtime.subscribe((event) => {
        if (!('id' in event) || event.id !== this.info?.id) return;
        if (event.type === 'data') this.onData(event.data);
        else this.onEnded(event.end);
      }),
    );
    void this.start();
  }

  /** VS Code closes a terminal of a person's, and of a window that goes; which it is, it says in `closedFor`. */
  close(): void {
    if (this.isClosed) return;
    this.isClosed = true;
    this.fence.dispose();
    // Of a task's terminal VS Code never says it: it is to end in any case, and before it is started again.
    if (this.plan.keep === false) this.endOfUse();
    else this.closing = setTimeout(() => this.endOfUse(), reasonPatience);
    this.dispose();
  }

  /** The terminals of a window that goes wait for it to come back; all others end. */
  closedFor(reason: vscode.TerminalExitReason | undefined): void {
    this.close();
    clearTimeout(this.closing);
    if (reason !== vscode.TerminalExitReason.Shutdown || this.plan.keep === false) this.endOfUse();
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
    if (this.hasEnded) this.afterKey(data);
    else if (this.info) this.runtime.write(this.info.id, data);
    else this.typedEarly += data;
  }

  private endOfUse(): void {
    if (this.info && !this.hasEnded) void this.end(this.info.id);
  }

  /** What a person types after the end. */
  private afterKey(data: string): void {
    if (this.isStarting) return;
    if (data !== '\r') this.closeFromInside();
    else void this.start();
  }

  private async start(): Promise<void> {
    const asked = this.size ?? usualSize;
    this.isStarting = true;
    try {
      const wasRunning = this.restored && !this.hasEnded ? this.restored : undefined;
      const drawn = await wasRunning?.attach(this.size);
      const info = wasRunning?.info ?? (await this.run(asked));
      if (this.hasEnded) this.fence = this.newFence();
      this.hasEnded = false;
      this.info = info;
      this.title = this.register(new TerminalTitle(info, (title) => this.renamed.fire(title)));
      if (drawn !== undefined) this.draw(drawn);
      // What ran before it was shown is ended by whoever closed it, or waits for the window.
      if (this.isClosed && !wasRunning) this.endOfUse();
      if (this.size && this.size !== asked) this.setDimensions(this.size);
      if (this.typedEarly) this.runtime.write(info.id, this.typedEarly);
      this.typedEarly = '';
      this.resolveOpened(info);
    } catch (error) {
      this.rejectOpened(error);
      this.resolveEnded(undefined);
      this.afterRefusal(error);
    } finally {
      this.isStarting = false;
    }
  }

  private async run({ columns, rows }: vscode.TerminalDimensions): Promise<TerminalInfo> {
    return this.runtime.open({
      ...this.plan,
      env: await this.environment(),
      columns: Math.max(1, columns),
      rows: Math.max(1, rows),
      window: outputWindow,
    });
  }

  /** What stood in it before this window was there. */
  private draw(output: string): void {
    this.show(output);
    this.title?.output(output);
  }

  private onData(data: string): void {
    this.fence.output(data);
    this.title?.output(data);
  }

  private onEnded(end: End): void {
    this.fence.dispose();
    this.title?.dispose();
    this.title = undefined;
    this.renamed.fire(this.plan.name);
    this.hasEnded = true;
    this.resolveEnded(end);
    this.afterEnd(end);
  }

  /** Of the first start whoever opened the terminal tells; of a later one nobody else does. */
  protected afterRefusal(error: unknown): void {
    if (!this.hasEnded) this.closeFromInside();
    else this.show(`${refusalText(error)}\r\n\x1b[2m${keysText()}\x1b[0m\r\n`);
  }

  /** A shell that says goodbye by itself goes at once, as in VS Code; everything else stays to be read. */
  protected afterEnd(end: End): void {
    if (this.plan.command === undefined && 'code' in end && end.code === 0) {
      this.closeFromInside();
      return;
    }
    const text = `${t('{0} {1}.', this.plan.name, describeEnd(end, t))} ${keysText()}`;
    // On a line of its own, whatever modes the program left behind.
    this.show(`${usualModes}\r\n\x1b[2m${text}\x1b[0m\r\n`);
  }

  /** A closed terminal hears of nothing any more, its end included. */
  private async end(id: TerminalId): Promise<void> {
    await this.runtime.close(id);
    this.resolveEnded(undefined);
  }

  protected show(text: string): void {
    this.written.fire(text);
  }

  /** @param status other than 0 of a task; VS Code tells of it. */
  protected closeFromInside(status?: number): void {
    if (this.isClosed) return;
    this.isClosed = true;
    this.closed.fire(status);
    this.dispose();
  }

  private newFence(): OutputFence {
    return new OutputFence({
      show: (data) => this.written.fire(data),
      type: (data) => this.type(data),
      acknowledge: (count, window) => this.info && this.runtime.acknowledge(this.info.id, count, window),
    });
  }
}
