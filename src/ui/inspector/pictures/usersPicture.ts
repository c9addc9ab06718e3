import type { UsersPicture } from '../protocol';
import { at, cut, textSize, type Drawing, type Shape } from './drawing';
import { insideRuler, outsideRuler, placeOf, type Slot } from './rulers';

/** Heights from the top: the label and the names inside, the upper ruler, the bands, the lower ruler, and so on. */
const y = { inside: 9, names: 24, upper: 30, lower: 84, namesOutside: 107, outside: 122, end: 126 };
const ruler = 8;
const size = 10;

/** A single id is a narrow band, a range takes all its place. */
const narrow = 14;

/**
 * Two rulers, inside above outside. Each row of the map is a band from its ids outside to its ids inside; from all
 * others dotted lines lead to nobody. In order, but not to scale: a range of 65,536 ids would leave no room for root.
 */
export function drawUsers(picture: UsersPicture, width: number): Drawing {
  const upper = insideRuler(picture.map, picture.overflow, width);
  const lower = outsideRuler(picture.map, width);
  const nobody = upper.find(({ row }) => row === undefined);
  return {
    width,
    height: y.end,
    shapes: [
      { type: 'text', x: 0, y: y.inside, text: picture.insideLabel, tone: 'dim', size },
      { type: 'text', x: 0, y: y.outside, text: picture.outsideLabel, tone: 'dim', size },
      { type: 'rectangle', x: 0, y: y.upper, width, height: ruler, look: 'ruler' },
      { type: 'rectangle', x: 0, y: y.lower, width, height: ruler, look: 'ruler' },
      ...(nobody ? drawOthers(nobody, lower) : []),
      ...picture.map.flatMap((_, row) => drawBand(slotOf(row, upper), slotOf(row, lower))),
      ...names(upper, y.names, (slot) => insideName(slot, picture)),
      ...names(lower, y.namesOutside, (slot) => outsideName(slot, picture)),
      ...(picture.mark ? drawMark(picture.mark, upper, lower, nobody) : []),
    ],
  };
}

function slotOf(row: number, slots: readonly Slot[]): Slot | undefined {
  return slots.find((slot) => slot.row === row);
}

/** Where a slot's band begins, and how wide it is. */
function bandOf({ x, width, first, last }: Slot): { x: number; width: number } {
  const inner = { x: x + 1, width: Math.max(0.5, width - 2) };
  return first === last && inner.width > narrow ? { x: x + 2, width: narrow } : inner;
}

function drawBand(inside: Slot | undefined, outside: Slot | undefined): Shape[] {
  if (!inside || !outside) return [];
  const [a, b] = [bandOf(inside), bandOf(outside)];
  const [top, bottom] = [y.upper + ruler, y.lower];
  const d = `M${at(a.x, top)} L${at(a.x + a.width, top)} L${at(b.x + b.width, bottom)} L${at(b.x, bottom)} Z`;
  return [
    { type: 'path', d, look: 'band' },
    { type: 'rectangle', x: a.x, y: y.upper, width: a.width, height: ruler, look: 'own' },
    { type: 'rectangle', x: b.x, y: y.lower, width: b.width, height: ruler, look: 'own' },
  ];
}

/** The box of nobody, and lines to it from a few places of each gap. */
function drawOthers(nobody: Slot, lower: readonly Slot[]): Shape[] {
  const box = nobodyBox(nobody);
  const to = at(box.x + box.width / 2, y.upper + ruler + 2);
  const gaps = lower.filter(({ row }) => row === undefined);
  const most = gaps.length > 8 ? 1 : 3;
  return [
    { type: 'rectangle', x: box.x, y: y.upper - 1.5, width: box.width, height: ruler + 3, look: 'shared' },
    ...gaps.flatMap(({ x, width }) => {
      const count = Math.max(1, Math.min(most, Math.round(width / 32)));
      return Array.from({ length: count }, (_, i): Shape => {
        const from = x + ((i + 0.5) / count) * width;
        const bend = `${at(from, y.lower - 26)} ${at(box.x + box.width / 2, y.upper + ruler + 30)}`;
        return { type: 'path', d: `M${at(from, y.lower - 2)} C${bend} ${to}`, look: 'lost' };
      });
    }),
  ];
}

function nobodyBox({ x, width }: Slot): { x: number; width: number } {
  return { x: x + 2, width: Math.min(width - 3, 34) };
}

/** A name over each slot of a row and over the last one, where there is room up to the next; the table has them all. */
function names(slots: readonly Slot[], base: number, name: (slot: Slot) => string): Shape[] {
  const named = slots.filter((slot) => slot.row !== undefined || slot === slots.at(-1));
  const end = (slots.at(-1)?.x ?? 0) + (slots.at(-1)?.width ?? 0);
  return named.flatMap((slot, i): Shape[] => {
    const isRow = slot.row !== undefined;
    const room = (named[i + 1]?.x ?? end) - slot.x - 2;
    const text = cut(name(slot), room, size);
    if (text === '' || (text !== name(slot) && isRow)) return [];
    return [{ type: 'text', x: slot.x + 2, y: base, text, tone: isRow ? 'foreground' : 'dim', size }];
  });
}

function insideName(slot: Slot, picture: UsersPicture): string {
  return slot.row === undefined ? picture.overflowName : (picture.names[slot.row]?.inside ?? '');
}

function outsideName(slot: Slot, picture: UsersPicture): string {
  return slot.row === undefined ? picture.others : (picture.names[slot.row]?.outside ?? '');
}

/** The owner of a file, as a line through its band, or to nobody. */
function drawMark(
  { outside, inside }: NonNullable<UsersPicture['mark']>,
  upper: readonly Slot[],
  lower: readonly Slot[],
  nobody: Slot | undefined,
): Shape[] {
  const from = markPlace(outside, lower);
  const to =
    inside === undefined
      ? nobody && nobodyBox(nobody).x + nobodyBox(nobody).width / 2
      : markPlace(inside, upper);
  if (from === undefined || to === undefined) return [];
  const half = textSize / 2 - 1;
  const dot = (x: number, middle: number): Shape => ({
    type: 'rectangle',
    x: x - half,
    y: middle - half,
    width: 2 * half,
    height: 2 * half,
    radius: half,
    look: 'mark',
  });
  return [
    { type: 'path', d: `M${at(from, y.lower + ruler / 2)} L${at(to, y.upper + ruler / 2)}`, look: 'mark' },
    dot(from, y.lower + ruler / 2),
    dot(to, y.upper + ruler / 2),
  ];
}

/** In the middle of what is drawn for a single id. */
function markPlace(id: number, slots: readonly Slot[]): number | undefined {
  const slot = slots.find(({ first, last }) => id >= first && id <= last);
  if (slot?.row === undefined || slot.first !== slot.last) return placeOf(id, slots);
  const band = bandOf(slot);
  return band.x + band.width / 2;
}
