import { cut, textWidth, type Drawing, type Shape } from './drawing';

/** A table of texts. */
export interface Table {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

const row = 19;

/** A table as a picture; columns are as wide as their longest text where there is room. */
export function drawTable({ columns, rows }: Table, width: number): Drawing {
  const wanted = columns.map(
    (name, i) =>
      Math.max(...[name, ...rows.map((each) => each[i] ?? '')].map((text) => textWidth(text))) + 16,
  );
  const sum = wanted.reduce((total, each) => total + each, 0);
  const scale = Math.min(1, width / sum);
  const widths = wanted.map((each) => each * scale);
  const starts = widths.map((_, i) => widths.slice(0, i).reduce((total, each) => total + each, 0));
  const line = (cells: readonly string[], y: number, tone: 'dim' | 'foreground'): Shape[] =>
    cells.map((text, i) => ({
      type: 'text',
      x: starts[i] ?? 0,
      y,
      text: cut(text, (widths[i] ?? 0) - 6),
      tone,
    }));
  return {
    width,
    height: (rows.length + 1) * row + 4,
    shapes: [
      ...line(columns, 13, 'dim'),
      ...rows.flatMap((cells, i) => line(cells, (i + 1) * row + 13, 'foreground')),
    ],
  };
}
