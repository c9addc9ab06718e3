/** A line that no shell would take: a quote or a backslash without its other half. */
export class UnfinishedLine extends Error {
  constructor(readonly missing: string) {
    super(`unfinished command line: ${missing}`);
  }
}

/**
 * Splits a line into program and arguments, quoted as in a shell: blanks separate, '...' takes everything literally,
 * "..." everything but \" \\ \$ \`, and \ the next character. Nothing is expanded: there is no shell.
 * Source: POSIX.1-2024, XCU section 2.2.
 * @throws UnfinishedLine
 */
export function splitCommandLine(line: string): string[] {
  const words: string[] = [];
  let word: string | undefined;
  for (let i = 0; i < line.length; i++) {
    const c = line.charAt(i);
    if (/\s/.test(c)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else if (c === "'") {
      const end = line.indexOf("'", i + 1);
      if (end < 0) throw new UnfinishedLine("'");
      word = (word ?? '') + line.slice(i + 1, end);
      i = end;
    } else if (c === '"') {
      const quoted = readDoubleQuoted(line, i + 1);
      word = (word ?? '') + quoted.text;
      i = quoted.end;
    } else if (c === '\\') {
      if (i + 1 >= line.length) throw new UnfinishedLine('\\');
      word = (word ?? '') + line.charAt(++i);
    } else {
      word = (word ?? '') + c;
    }
  }
  if (word !== undefined) words.push(word);
  return words;
}

function readDoubleQuoted(line: string, from: number): { text: string; end: number } {
  let text = '';
  for (let i = from; i < line.length; i++) {
    const c = line.charAt(i);
    if (c === '"') return { text, end: i };
    if (c === '\\' && i + 1 < line.length && '"\\$`'.includes(line.charAt(i + 1))) text += line.charAt(++i);
    else text += c;
  }
  throw new UnfinishedLine('"');
}
