const enum State {
  Ground,
  Escape,
  Intermediate,
  Csi,
  Osc,
  String,
}

/** ESC and the C1 controls: what leaves the ground state. */
// eslint-disable-next-line no-control-regex -- they are what is looked for
const control = /[\x1b\x80-\x9f]/g;

/** What begins a sequence of several characters after ESC. */
const afterEscape: Readonly<Record<string, State>> = {
  '[': State.Csi,
  ']': State.Osc,
  P: State.String,
  X: State.String,
  '^': State.String,
  _: State.String,
};

/** The same as single characters. */
const c1: Readonly<Record<number, State>> = {
  0x90: State.String,
  0x98: State.String,
  0x9b: State.Csi,
  0x9d: State.Osc,
  0x9e: State.String,
  0x9f: State.String,
};

/**
 * Follows a program's output through escape sequences, however it is cut into pieces, as xterm.js parses them
 * (VT500_TRANSITION_TABLE in src/common/parser/EscapeSequenceParser.ts). Where the two differ this one is the more
 * careful: it may take text for a part of a broken sequence, but never a part of a sequence for text.
 */
export class EscapeScanner {
  private state = State.Ground;
  private begin = -1;

  /** Where in what was scanned last the sequence begins that is not complete yet; -1 if before it. */
  get sequenceBegin(): number {
    return this.begin;
  }

  get isInSequence(): boolean {
    return this.state !== State.Ground;
  }

  /** @returns the last place in it where a sequence can be put without changing what is drawn; -1 if there is none. */
  scan(data: string): number {
    let gap = -1;
    this.begin = -1;
    for (let i = 0; i < data.length; i++) {
      if (this.state === State.Ground) {
        control.lastIndex = i;
        const next = control.exec(data)?.index ?? data.length;
        gap = Math.max(gap, lastGap(data, i, next));
        if (next === data.length) break;
        i = next;
        this.begin = next;
      }
      this.state = this.after(data.charCodeAt(i), data.charAt(i));
    }
    return gap;
  }

  private after(code: number, character: string): State {
    if (code === 0x1b) return State.Escape;
    if (code === 0x18 || code === 0x1a) return State.Ground;
    if (code >= 0x80 && code <= 0x9f) return c1[code] ?? State.Ground;
    if (this.state === State.Osc) return code === 0x07 ? State.Ground : State.Osc;
    // Other controls are carried out in the middle of a sequence, and DEL is ignored.
    if (this.state === State.String || code < 0x20 || code === 0x7f) return this.state;
    if (this.state === State.Csi) return code >= 0x40 && code < 0x7f ? State.Ground : State.Csi;
    if (code < 0x30) return State.Intermediate;
    return (this.state === State.Escape ? afterEscape[character] : undefined) ?? State.Ground;
  }
}

/**
 * The last place in ordinary text that has an ASCII character behind it: nothing is joined across such a place, as
 * accents and the parts of an emoji are, and no sequence follows that repeats the character before.
 */
function lastGap(data: string, from: number, to: number): number {
  for (let i = to - 1; i >= from; i--) {
    const code = data.charCodeAt(i);
    if (code === 0x0a || code === 0x0d || (code >= 0x20 && code < 0x7f)) return i;
  }
  return -1;
}
