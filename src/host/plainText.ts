/** Text, tabs and line ends: nothing that changes a mode, asks a question or moves the cursor elsewhere. */
const plain = /^[\t\n\r\x20-\x7e\u00a0-\uffff]*$/;

export function isPlain(text: string): boolean {
  return plain.test(text);
}

/**
 * Leaves lines out of plain text that would have scrolled away when all of it is on the screen: a terminal that parses
 * the rest looks the same at the end. The first line goes to the one that the cursor is in, and puts it into the first
 * column.
 * @param lines how many the terminal keeps, those of its screen counted twice: the first ones of what is left may be
 *   written over what stood on the screen, and have to scroll away as well.
 */
export function withoutScrolledAway(text: string, lines: number): string {
  const head = text.indexOf('\r\n') + 2;
  let tail = text.length;
  for (let i = 0; i <= lines && tail > head; i++) tail = text.lastIndexOf('\n', tail - 1);
  // The cursor is in the first column there, as it is behind the head.
  while (tail > head && text[tail - 1] !== '\r') tail = text.lastIndexOf('\n', tail - 1);
  return head < 2 || tail < head ? text : text.slice(0, head) + text.slice(tail + 1);
}
