/** The longest title that is waited for to its end, in characters. */
const longest = 1024;

/** OSC 0 and OSC 2 of ECMA-48 terminals: the title of the window, ended by BEL or ST. */
// eslint-disable-next-line no-control-regex -- escape sequences are made of control characters
const titles = /\x1b\][02];([^\x07\x1b]*)(?:\x07|\x1b\\)/g;

/** Finds the titles that a program gives to its terminal, in output that comes in pieces. */
export class TitleScanner {
  private rest = '';

  /** The last title that ended in this piece, if one did. */
  scan(piece: string): string | undefined {
    if (this.rest === '' && !piece.includes('\x1b')) return undefined;
    const text = this.rest + piece;
    const last = [...text.matchAll(titles)].at(-1);
    const begin = text.lastIndexOf('\x1b]');
    const isOpen = begin >= (last ? last.index + last[0].length : 0) && isBeginning(text.slice(begin));
    this.rest = isOpen ? text.slice(begin) : text.endsWith('\x1b') ? '\x1b' : '';
    return last?.[1];
  }
}

function isBeginning(text: string): boolean {
  // eslint-disable-next-line no-control-regex -- escape sequences are made of control characters
  return text.length < longest && /^\x1b\](?:[02](?:;[^\x07\x1b]*\x1b?)?)?$/.test(text);
}
