import type { OwnershipBox } from '../protocol';
import { cut, textWidth, type Drawing, type Shape } from './drawing';

const padding = 10;
const title = 22;
const chip = 20;
const gap = 6;

/** Nested boxes of user namespaces with what each owns. */
export function drawOwnership(box: OwnershipBox, width: number): Drawing {
  const { shapes, height } = drawBox(box, 0.5, 0.5, width - 1);
  return { width, height: height + 1, shapes };
}

function drawBox(
  { title: name, whose, isHost, owned, inner }: OwnershipBox,
  x: number,
  y: number,
  width: number,
): { shapes: Shape[]; height: number } {
  const chips = drawChips(owned, x + padding, y + title + gap, width - 2 * padding);
  let height = title + gap + chips.height;
  const nested = inner && drawBox(inner, x + padding, y + height, width - 2 * padding);
  if (nested) height += nested.height + gap;
  const frame: Shape = {
    type: 'rectangle',
    x,
    y,
    width,
    height: height + 4,
    radius: 4,
    look: isHost ? 'shared' : 'inside',
  };
  const text = cut(`${name}  ${whose}`, width - 2 * padding);
  return {
    shapes: [
      frame,
      { type: 'text', x: x + padding, y: y + 17, text },
      ...chips.shapes,
      ...(nested?.shapes ?? []),
    ],
    height: height + 4,
  };
}

function drawChips(
  owned: OwnershipBox['owned'],
  left: number,
  top: number,
  room: number,
): { shapes: Shape[]; height: number } {
  const shapes: Shape[] = [];
  let [x, y] = [left, top];
  for (const { kind, id } of owned) {
    const text = `${kind} ${id}`;
    const width = Math.min(room, textWidth(text) + 12);
    if (x > left && x + width > left + room) [x, y] = [left, y + chip + gap];
    shapes.push(
      { type: 'rectangle', x, y, width, height: chip, radius: 3, look: 'box' },
      { type: 'text', x: x + 6, y: y + 14, text: cut(text, width - 8) },
    );
    x += width + gap;
  }
  return { shapes, height: owned.length === 0 ? 0 : y - top + chip + gap };
}
