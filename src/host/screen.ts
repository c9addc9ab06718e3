import { SerializeAddon } from '@xterm/addon-serialize';
import { Terminal } from '@xterm/headless';
import { EscapeScanner } from '../runtime/escapeScanner';
import { isPlain, withoutScrolledAway } from './plainText';
import type { Size } from './protocol';

/** Lines above the screen that are kept, as many as VS Code keeps if its settings do not say otherwise. */
export const usualScrollback = 1000;

/** A sequence that is longer than this is a picture, or broken; it is not repeated, in characters. */
const longestSequence = 64 * 1024;

/** What begins a sequence that can be so long: ESC and a letter. */
const introducer = 2;

/**
 * Private modes that the serializer leaves out: the cursor, how the mouse is reported, the alternate scroll. The first
 * is on from the beginning.
 */
const cursorVisible = 25;
const furtherModes: readonly number[] = [cursorVisible, 1005, 1006, 1007, 1015, 1016, 2031];

/** How long output may wait to be parsed before the parser counts as broken, in milliseconds. */
const usualPatience = 10_000;

/** How much plain text is held back, in characters, and how long for more of it, in milliseconds. */
const mostHeld = 256 * 1024;
const hold = 100;

/** What a terminal looks like that nobody may be looking at: a headless terminal that parses all its output. */
export class Screen {
  private terminal: Terminal;
  private serializer = new SerializeAddon();
  /** Called when what was written is parsed, in this order. */
  private unparsed: (() => void)[] = [];
  private watchdog: NodeJS.Timeout | undefined;
  /** Plain text that is not parsed yet: of a flood, most will have scrolled away before anybody looks. */
  private held = '';
  private holding: NodeJS.Timeout | undefined;
  private waiting: (() => void)[] = [];
  private readonly scanner = new EscapeScanner();
  private readonly modes = new Set<number>([cursorVisible]);
  /** Parameters of DECSCUSR and DECSTBM as they were last set; undefined: never. */
  private cursorStyle: number | undefined;
  private margins: readonly [top: number, bottom: number] | undefined;
  /** The beginning of a sequence whose end has not come. */
  private unfinished = '';

  /** What the program last set by OSC 0 or 2. */
  private title = '';

  /** @param answer called with what the terminal answers to a program's questions. */
  constructor(
    size: Size,
    private readonly scrollback: number,
    private readonly answer: (data: string) => void,
    private readonly patience = usualPatience,
  ) {
    this.terminal = this.begin(size);
  }

  private begin({ columns, rows }: Size): Terminal {
    const { scrollback } = this;
    const terminal = new Terminal({
      cols: columns,
      rows,
      scrollback,
      allowProposedApi: true,
      logLevel: 'off',
    });
    terminal.loadAddon(this.serializer);
    terminal.onTitleChange((title) => (this.title = title));
    terminal.onData(this.answer);
    this.followModes(terminal);
    return terminal;
  }

  /** @param parsed called when the terminal has come to the end of it, or could at any time. */
  write(data: string, parsed: () => void): void {
    if ((this.held !== '' || this.canHold()) && isPlain(data)) {
      this.held += data;
      if (this.held.length > mostHeld) this.shorten();
      this.holding ??= setTimeout(() => this.release(), hold).unref();
      parsed();
      return;
    }
    this.release();
    this.parse(data, parsed);
  }

  /** Resolves when all that was written has been parsed. */
  async caughtUp(): Promise<void> {
    this.release();
    if (this.unparsed.length > 0) await new Promise<void>((resolve) => this.waiting.push(resolve));
  }

  /** Only where it is known that lines scroll over the whole screen, and text replaces what was there. */
  private canHold(): boolean {
    const { modes } = this.terminal;
    return (
      this.unparsed.length === 0 &&
      !this.scanner.isInSequence &&
      this.margins === undefined &&
      !modes.insertMode &&
      !modes.originMode
    );
  }

  /** Of what is held back, what will not have scrolled away. */
  private lasting(): string {
    return withoutScrolledAway(this.held, this.scrollback + 2 * this.terminal.rows);
  }

  private shorten(): void {
    this.held = this.lasting();
    // Long lines: what is left is most of it.
    if (this.held.length > mostHeld / 2) this.release();
  }

  /** Has what is held back parsed. */
  private release(): void {
    clearTimeout(this.holding);
    this.holding = undefined;
    if (this.held === '') return;
    const text = this.lasting();
    this.held = '';
    this.parse(text, () => undefined);
  }

  private parse(data: string, parsed: () => void): void {
    this.scanner.scan(data);
    const begin = this.scanner.sequenceBegin;
    if (!this.scanner.isInSequence) this.unfinished = '';
    else if (begin >= 0) this.unfinished = data.slice(begin);
    else if (this.unfinished.length > introducer) this.unfinished += data;
    // The rest of one that is too long is swallowed by its beginning.
    if (this.unfinished.length > longestSequence) this.unfinished = this.unfinished.slice(0, introducer);
    this.unparsed.push(parsed);
    const { terminal } = this;
    terminal.write(data, () => terminal === this.terminal && this.parsedNext());
    this.watchdog ??= setTimeout(() => this.isStuck(), this.patience).unref();
  }

  private parsedNext(): void {
    this.unparsed.shift()?.();
    if (this.unparsed.length === 0) this.tellCaughtUp();
    clearTimeout(this.watchdog);
    this.watchdog =
      this.unparsed.length > 0 ? setTimeout(() => this.isStuck(), this.patience).unref() : undefined;
  }

  private tellCaughtUp(): void {
    const { waiting } = this;
    this.waiting = [];
    for (const each of waiting) each();
  }

  /** Output may also wait because this whole process did, as while the machine slept; it gets its turn first. */
  private isStuck(): void {
    this.watchdog = setTimeout(() => this.beginAgain(), this.patience / 10).unref();
  }

  /**
   * An exception in the parser stops it for good, and the program would wait for it. What stood on the screen is lost,
   * but the program goes on.
   */
  private beginAgain(): void {
    this.watchdog = undefined;
    const { size, unparsed } = this;
    this.terminal.dispose();
    this.serializer = new SerializeAddon();
    this.unparsed = [];
    this.unfinished = '';
    this.forget();
    this.terminal = this.begin(size);
    for (const parsed of unparsed) parsed();
    this.tellCaughtUp();
  }

  resize({ columns, rows }: Size): void {
    this.release();
    this.terminal.resize(columns, rows);
    // As xterm.js has it: another size takes the margins back.
    this.margins = undefined;
  }

  get size(): Size {
    return { columns: this.terminal.cols, rows: this.terminal.rows };
  }

  /** Output that makes an empty terminal of this size look the same. To be called when it has caught up. */
  redraw(): string {
    const title = this.title === '' ? '' : `\x1b]2;${this.title}\x07`;
    return `${this.serializer.serialize()}${this.furtherState()}${title}${this.unfinished}`;
  }

  dispose(): void {
    clearTimeout(this.watchdog);
    clearTimeout(this.holding);
    this.terminal.dispose();
    this.tellCaughtUp();
  }

  private furtherState(): string {
    const { buffer, modes } = this.terminal;
    let state = '';
    for (const mode of furtherModes) {
      if (mode === cursorVisible ? !this.modes.has(mode) : this.modes.has(mode))
        state += `\x1b[?${mode}${mode === cursorVisible ? 'l' : 'h'}`;
    }
    if (this.cursorStyle !== undefined) state += `\x1b[${this.cursorStyle} q`;
    if (this.margins && !modes.originMode) {
      // Margins send the cursor home.
      const { cursorX, cursorY } = buffer.active;
      state += `\x1b[${this.margins.join(';')}r\x1b[${cursorY + 1};${cursorX + 1}H`;
    }
    return state;
  }

  /** Handlers that only look on: each says that it has not dealt with the sequence. */
  private followModes(terminal: Terminal): void {
    const { parser } = terminal;
    const numbers = (params: readonly (number | number[])[]): readonly number[] => params.flat();
    parser.registerCsiHandler({ prefix: '?', final: 'h' }, (params) => {
      for (const mode of numbers(params)) this.modes.add(mode);
      return false;
    });
    parser.registerCsiHandler({ prefix: '?', final: 'l' }, (params) => {
      for (const mode of numbers(params)) this.modes.delete(mode);
      return false;
    });
    parser.registerCsiHandler({ intermediates: ' ', final: 'q' }, ([style]) => {
      this.cursorStyle = numbers([style ?? 0])[0];
      return false;
    });
    parser.registerCsiHandler({ final: 'r' }, (params) => {
      const { rows } = terminal;
      const [top = 1, bottom = rows] = numbers(params).map((each) => (each === 0 ? undefined : each));
      this.margins = top === 1 && bottom >= rows ? undefined : [top, Math.min(bottom, rows)];
      return false;
    });
    // RIS and DECSTR begin anew.
    parser.registerEscHandler({ final: 'c' }, () => this.forget());
    parser.registerCsiHandler({ intermediates: '!', final: 'p' }, () => this.forget());
  }

  private forget(): false {
    this.modes.clear();
    this.modes.add(cursorVisible);
    this.cursorStyle = undefined;
    this.margins = undefined;
    return false;
  }
}
