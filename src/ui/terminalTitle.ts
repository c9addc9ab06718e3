import * as path from 'node:path';
import { readForeground } from '../kernel/foreground';
import { harmless } from '../kernel/harmless';
import type { TerminalInfo } from '../runtime/runtime';
import { Disposable } from './disposable';
import { TitleScanner } from './flow/titleScanner';

/** How long after output is looked who is in the foreground, in milliseconds: a shell echoes Enter before it starts. */
const delay = 150;

/** The most characters of a program's own title that stand in a tab. */
const longest = 60;

/**
 * The title of a terminal: its name, by which the rest of Anton calls it, and what runs in it: the title that the
 * program has set, else the program's name. Of the shell itself nothing is said.
 */
export class TerminalTitle extends Disposable {
  private readonly scanner = new TitleScanner();
  private timer: NodeJS.Timeout | undefined;
  private comesMore = false;
  private group: number | undefined;
  private wish: string | undefined;
  private isWishNew = false;
  private shown: string;

  constructor(
    private readonly info: Pick<TerminalInfo, 'name' | 'pid' | 'command'>,
    private readonly onChange: (title: string) => void,
  ) {
    super();
    this.shown = info.name;
    this.register({ dispose: () => clearTimeout(this.timer) });
  }

  /** Every change of the foreground comes with output: the echo of Enter, and the next prompt. */
  output(data: string): void {
    const wish = this.scanner.scan(data);
    if (wish !== undefined) {
      this.wish = wish;
      this.isWishNew = true;
    }
    if (this.timer) this.comesMore = true;
    else this.timer = setTimeout(() => this.look(), delay);
  }

  private look(): void {
    // What came meanwhile may have been the beginning of something that has not begun yet.
    this.timer = this.comesMore ? setTimeout(() => this.look(), delay) : undefined;
    this.comesMore = false;
    const foreground = readForeground(this.info.pid);
    // A title that the one before has left behind says nothing of this one.
    if (foreground?.group !== this.group && !this.isWishNew) this.wish = undefined;
    this.group = foreground?.group;
    this.isWishNew = false;
    this.show(foreground?.program);
  }

  private show(program: string | undefined): void {
    const { name, command } = this.info;
    const own = path.basename(command[0] ?? '').replace(/^-/, '');
    const isOwn = program === undefined || program === own.slice(0, 15);
    const wish = this.wish?.trim() ?? '';
    const what = harmless(wish === '' ? (program ?? '') : wish).slice(0, longest);
    const title = isOwn || what === '' ? name : `${name}: ${what}`;
    if (title === this.shown) return;
    this.shown = title;
    this.onChange(title);
  }
}
