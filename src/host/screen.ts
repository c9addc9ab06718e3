import { SerializeAddon } from '@xterm/addon-serialize';
import { Terminal } from '@xterm/headless';
import { EscapeScanner } from '../runtime/escapeScanner';
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

/** What a terminal looks like that nobody may be looking at: a headless terminal that parses all its output. */
export class Screen {
  private readonly terminal: Terminal;
  private readonly serializer = new SerializeAddon();
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
  constructor({ columns, rows }: Size, scrollback: number, answer: (data: string) => void) {
    this.terminal = new Terminal({
      cols: columns,
      rows,
      scrollback,
      allowProposedApi: true,
      logLevel: 'off',
    });
    this.terminal.loadAddon(this.serializer);
    this.terminal.onTitleChange((title) => (this.title = title));
    this.terminal.onData(answer);
    this.followModes();
  }

  /** @param parsed called when the terminal has come to the end of it. */
  write(data: string, parsed: () => void): void {
    this.scanner.scan(data);
    const begin = this.scanner.sequenceBegin;
    if (!this.scanner.isInSequence) this.unfinished = '';
    else if (begin >= 0) this.unfinished = data.slice(begin);
    else if (this.unfinished.length > introducer) this.unfinished += data;
    // The rest of one that is too long is swallowed by its beginning.
    if (this.unfinished.length > longestSequence) this.unfinished = this.unfinished.slice(0, introducer);
    this.terminal.write(data, parsed);
  }

  resize({ columns, rows }: Size): void {
    this.terminal.resize(columns, rows);
    // As xterm.js has it: another size takes the margins back.
    this.margins = undefined;
  }

  get size(): Size {
    return { columns: this.terminal.cols, rows: this.terminal.rows };
  }

  /** Output that makes an empty terminal of this size look the same. To be called when everything has been parsed. */
  redraw(): string {
    const title = this.title === '' ? '' : `\x1b]2;${this.title}\x07`;
    return `${this.serializer.serialize()}${this.furtherState()}${title}${this.unfinished}`;
  }

  dispose(): void {
    this.terminal.dispose();
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
  private followModes(): void {
    const { parser } = this.terminal;
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
      const { rows } = this.terminal;
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
