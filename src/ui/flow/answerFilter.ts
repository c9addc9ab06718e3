/** The state of a private mode (DECRPM), if its number may be a fence's. */
// eslint-disable-next-line no-control-regex -- an answer begins with ESC
const answer = /\x1b\[\?(\d{10});\d\$y/g;

/** What could be the beginning of such an answer. */
// eslint-disable-next-line no-control-regex -- an answer begins with ESC
const beginning = /\x1b(?:\[(?:\?(?:\d{1,9}|\d{10}(?:;(?:\d\$?)?)?)?)?)?$/;

/** How long the rest of an answer is waited for, in milliseconds: the Escape key begins as an answer does. */
const holdTime = 50;

/** Takes the answers to questions that the program did not ask out of what is typed, however it is cut into pieces. */
export class AnswerFilter {
  private held = '';
  private timer: NodeJS.Timeout | undefined;

  /**
   * @param isOurs told of each number that is answered; says whether the answer is to be taken out.
   * @param release for what was held back, and was no answer.
   */
  constructor(
    private readonly isOurs: (number: number) => boolean,
    private readonly release: (typed: string) => void,
  ) {}

  /**
   * @param isExpecting whether an answer may be under way, so that its beginning is worth holding back.
   * @returns what is for the program.
   */
  filter(data: string, isExpecting: boolean): string {
    clearTimeout(this.timer);
    const typed = `${this.held}${data}`.replace(answer, (whole, number: string) =>
      this.isOurs(Number(number)) ? '' : whole,
    );
    this.held = isExpecting ? (beginning.exec(typed)?.[0] ?? '') : '';
    if (this.held !== '') this.timer = setTimeout(() => this.letGo(), holdTime);
    return typed.slice(0, typed.length - this.held.length);
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.letGo();
  }

  private letGo(): void {
    const typed = this.held;
    this.held = '';
    if (typed !== '') this.release(typed);
  }
}
