/** What a piece of output holds, as far as it matters to whoever wants to put a query of its own into it. */
export interface Scanned {
  /** Where the program's own status queries (CSI 5 n) end, ascending. */
  readonly queries: readonly number[];
  /** The last place at which a sequence can be put in without changing what is drawn; -1 if there is none. */
  readonly gap: number;
}

const enum State {
  Ground,
  Escape,
  Intermediate,
  Csi,
  Osc,
  String,
}

/** More parameters than this make no query. */
const mostParameters = 64;

/** ESC and the C1 controls: what leaves the ground state. */
// eslint-disable-next-line no-control-regex -- they are what is looked for
const control = /[\x1b\x80-\x9f]/g;

/** ESC ] X ^ _ P: what begins a string. */
const strings: Readonly<Record<string, State>> = {
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
 * Follows a program's output through escape sequences, as xterm.js parses them (ECMA-48, and Paul Williams's parser for
 * ANSI-compatible terminals), however it is cut into pieces.
 */
export class EscapeScanner {
  private state = State.Ground;
  private parameters = '';

  get isInSequence(): boolean {
    return this.state !== State.Ground;
  }

  scan(data: string): Scanned {
    const queries: number[] = [];
    let gap = -1;
    for (let i = 0; i < data.length;) {
      if (this.state === State.Ground) {
        control.lastIndex = i;
        const next = control.exec(data)?.index ?? data.length;
        gap = Math.max(gap, lastGap(data, i, next));
        if (next === data.length) break;
        i = next;
      }
      if (this.step(data.charCodeAt(i), data.charAt(i))) queries.push(i + 1);
      i++;
    }
    return { queries, gap };
  }

  /** @returns whether the character ends a status query. */
  private step(code: number, character: string): boolean {
    if (code === 0x1b) this.state = State.Escape;
    else if (code === 0x18 || code === 0x1a) this.state = State.Ground;
    else if (code >= 0x80 && code <= 0x9f) this.begin(c1[code] ?? State.Ground);
    else if (this.state === State.Csi) return this.stepCsi(code, character);
    else if (this.state === State.Osc && code === 0x07) this.state = State.Ground;
    else if (this.state === State.Escape && code >= 0x20)
      this.begin(strings[character] ?? (code < 0x30 ? State.Intermediate : State.Ground));
    else if (this.state === State.Intermediate && code >= 0x30) this.state = State.Ground;
    return false;
  }

  private begin(state: State): void {
    this.state = state;
    this.parameters = '';
  }

  private stepCsi(code: number, character: string): boolean {
    if (code < 0x20 || code === 0x7f) return false;
    if (code < 0x40) {
      if (this.parameters.length < mostParameters) this.parameters += character;
      return false;
    }
    this.state = State.Ground;
    return character === 'n' && /^0*5([;:][\d;:]*)?$/.test(this.parameters);
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
