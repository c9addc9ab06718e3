import type { ProcessesModel, ProcessRow } from '../protocol';
import { at, cut, textWidth, type Drawing, type Shape, type Text } from './drawing';

const row = 19;
const head = 34;
const indent = 12;
/** More lines than this are no picture for a slide. */
const most = 30;

/** Two columns, outside and inside, with a line for each process that is in both; the box is the PID namespace. */
export function drawProcesses(processes: ProcessesModel, width: number): Drawing {
  const { twoPids, above, columns, seen } = processes;
  const rows = processes.rows.slice(0, most);
  const hidden = processes.rows.length - rows.length;
  const lines = above.length + rows.length;
  const bottom = head + lines * row + 4;
  const split = twoPids ? Math.round(width * 0.58) : width;
  const line = (i: number): number => head + i * row + 13;
  const shapes: Shape[] = [
    { type: 'text', x: 0, y: 11, text: columns.outside, tone: 'dim' },
    ...above.map((each, i): Shape => named(each.outside, each.name, 0, line(i), split, 'dim')),
    ...rows.map((each, i): Shape =>
      named(each.outside, each.name, each.depth, line(above.length + i), split),
    ),
  ];
  if (seen === 'outside') shapes.push(badge(0, columns.seen));
  if (twoPids) {
    const top = head + above.length * row - 3;
    shapes.push(
      { type: 'text', x: split, y: 11, text: columns.inside, tone: 'dim' },
      {
        type: 'rectangle',
        x: split,
        y: top,
        width: width - split - 1,
        height: bottom - top,
        radius: 4,
        look: 'inside',
      },
      ...rows.flatMap((each, i) => joined(each, line(above.length + i), split, width)),
    );
    if (seen === 'inside') shapes.push(badge(split, columns.seen));
  }
  if (hidden > 0) shapes.push({ type: 'text', x: 0, y: bottom + 16, text: `… + ${hidden}`, tone: 'dim' });
  return { width, height: bottom + (hidden > 0 ? 24 : 6), shapes };
}

function badge(x: number, text: string): Shape {
  return { type: 'text', x, y: 25, text: `▸ ${text}`, tone: 'own', size: 10, isBold: true };
}

function named(pid: string, name: string, depth: number, y: number, room: number, tone?: 'dim'): Text {
  const x = Math.min(depth, 8) * indent;
  return { type: 'text', x, y, text: cut(`${pid}  ${name}`, room - x - 24), ...(tone && { tone }) };
}

function joined(
  { inside, outside, name, depth }: ProcessRow,
  y: number,
  split: number,
  width: number,
): Shape[] {
  const shift = Math.min(depth, 8) * indent;
  const from = shift + Math.min(textWidth(`${outside}  ${name}`), split - shift - 24) + 6;
  const x = split + 10 + Math.min(shift, 36);
  return [
    ...(from < split - 4
      ? [{ type: 'path', d: `M${at(from, y - 4)} L${at(x - 4, y - 4)}`, look: 'join' } as const]
      : []),
    { type: 'text', x, y, text: cut(`${inside}  ${name}`, width - x - 6) },
  ];
}
