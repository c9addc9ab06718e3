import type { NamespaceRow } from '../protocol';
import { cut, textWidth, type Drawing, type Shape } from './drawing';

/** Heights: the upper half with its kind and id, the lower one with the host's id, and what lies between. */
const upper = 34;
const lower = 20;
const between = 6;
const gap = 4;
/** Between two rows of chips. */
const rowGap = 12;
const label = 13;
const idSize = 9.5;
/** A chip with a whole id in it. */
const narrowest = textWidth('4026531837', idSize) + 4;

/**
 * A chip for each kind: an own one stands above the host's, apart from it; a shared one is one and the same box above
 * and below. Eight in a row where there is room, else four, three or two.
 */
export function drawNamespaces(
  rows: readonly NamespaceRow[],
  words: { readonly inside: string; readonly host: string },
  width: number,
): Drawing {
  const inRow = [8, 4, 3].find((count) => width >= count * (narrowest + gap) - gap) ?? 2;
  const chip = (width - gap * (inRow - 1)) / inRow;
  const height = label + upper + between + lower + label;
  const lines = Math.ceil(rows.length / inRow);
  const shapes = rows.flatMap((row, i) =>
    drawChip(row, (i % inRow) * (chip + gap), Math.floor(i / inRow) * (height + rowGap) + label, chip),
  );
  const labels = Array.from({ length: lines }, (_, i): Shape[] => {
    const top = i * (height + rowGap);
    return [
      { type: 'text', x: 0, y: top + 9, text: words.inside, tone: 'dim', size: 10 },
      { type: 'text', x: 0, y: top + height - 1, text: words.host, tone: 'dim', size: 10 },
    ];
  });
  return { width, height: lines * height + (lines - 1) * rowGap, shapes: [...labels.flat(), ...shapes] };
}

function drawChip({ kind, own, id, hostId }: NamespaceRow, x: number, y: number, width: number): Shape[] {
  const middle = x + width / 2;
  const texts = (tone: 'background' | 'dim' | 'foreground', shift: number): Shape[] => [
    { type: 'text', x: middle, y: y + shift, text: kind, tone, anchor: 'middle', isBold: own },
    {
      type: 'text',
      x: middle,
      y: y + shift + 13,
      text: cut(id, width, idSize),
      tone: tone === 'foreground' ? 'dim' : tone,
      anchor: 'middle',
      size: idSize,
      isId: true,
    },
  ];
  const whole = upper + between + lower;
  if (!own)
    return [
      { type: 'rectangle', x: x + 0.5, y, width: width - 1, height: whole, radius: 4, look: 'shared' },
      ...texts('foreground', whole / 2 - 3),
    ];
  const below = y + upper + between;
  return [
    { type: 'rectangle', x, y, width, height: upper, radius: 4, look: 'own' },
    ...texts('background', 15),
    { type: 'rectangle', x: x + 0.5, y: below, width: width - 1, height: lower, radius: 4, look: 'shared' },
    {
      type: 'text',
      x: middle,
      y: below + 13.5,
      text: cut(hostId, width, idSize),
      tone: 'dim',
      anchor: 'middle',
      size: idSize,
      isId: true,
    },
  ];
}
