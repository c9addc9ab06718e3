import { largestId, type IdMapRow } from '../../../kernel/idMap';

/** A piece of a ruler: ids that a row of the map takes, those between, or the box of nobody. */
export interface Slot {
  /** Which row of the map; undefined for a gap. */
  readonly row: number | undefined;
  /** First and last id. */
  readonly first: number;
  readonly last: number;
  /** Where it lies, in pixels. */
  readonly x: number;
  readonly width: number;
}

/** How much of a ruler each sort of slot gets. */
const share = { one: 1, range: 2.6, gap: 0.7, rest: 1.5 };

/** The ruler of the ids outside: what the rows take, and what lies before, between and after them. */
export function outsideRuler(map: readonly IdMapRow[], width: number): readonly Slot[] {
  const pieces: Piece[] = [];
  let next = 0;
  for (const { row, first, last } of sorted(map, 'outside')) {
    if (first > next) pieces.push({ row: undefined, first: next, last: first - 1, share: share.gap });
    pieces.push({ row, first, last, share: first === last ? share.one : share.range });
    next = last + 1;
  }
  if (next <= largestId) pieces.push({ row: undefined, first: next, last: largestId, share: share.rest });
  return laidOut(pieces, width);
}

/** The ruler of the ids inside: there is nobody between those that the rows name; at the end is a place for nobody. */
export function insideRuler(map: readonly IdMapRow[], overflow: number, width: number): readonly Slot[] {
  const pieces = sorted(map, 'inside').map((each): Piece => ({
    ...each,
    share: each.first === each.last ? share.one : share.range,
  }));
  const isWhole = map.some(({ length }) => length >= largestId);
  if (!isWhole) pieces.push({ row: undefined, first: overflow, last: overflow, share: share.rest });
  return laidOut(pieces, width);
}

/** Where an id lies on a ruler, in pixels; undefined if it has no place there. */
export function placeOf(id: number, slots: readonly Slot[]): number | undefined {
  const slot = slots.find(({ first, last }) => id >= first && id <= last);
  if (!slot) return undefined;
  const part = slot.first === slot.last ? 0.5 : (id - slot.first) / (slot.last - slot.first);
  const margin = Math.min(6, slot.width / 4);
  return slot.x + margin + part * (slot.width - 2 * margin);
}

type Piece = Omit<Slot, 'x' | 'width'> & { readonly share: number };

function sorted(
  map: readonly IdMapRow[],
  side: 'inside' | 'outside',
): { row: number; first: number; last: number }[] {
  return map
    .map((each, row) => ({ row, first: each[side], last: each[side] + each.length - 1 }))
    .sort((a, b) => a.first - b.first);
}

function laidOut(pieces: readonly Piece[], width: number): readonly Slot[] {
  const whole = pieces.reduce((sum, each) => sum + each.share, 0);
  let x = 0;
  return pieces.map(({ row, first, last, share: part }) => {
    const slot = { row, first, last, x, width: (part / whole) * width };
    x += slot.width;
    return slot;
  });
}
