/** Colours of the theme, by what they mean. */
export type Tone = 'foreground' | 'dim' | 'own' | 'line' | 'background' | 'mark';

/** How a shape looks: what it means is never said by its colour alone. */
export type Look =
  /** Filled: of its own. */
  | 'own'
  /** Half filled, with an edge: what joins inside and outside. */
  | 'band'
  /** A dashed edge: the host's, shared. */
  | 'shared'
  /** A thin edge. */
  | 'box'
  /** An edge of its own colour: what is inside. */
  | 'inside'
  /** Filled, without meaning: a ruler. */
  | 'ruler'
  /** A line from a thing outside to the same thing inside. */
  | 'join'
  /** A dotted line to what stands for all the others. */
  | 'lost'
  /** A strong line: what a person asked for. */
  | 'mark';

export interface Rectangle {
  readonly type: 'rectangle';
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly look: Look;
  readonly radius?: number;
}

export interface Line {
  readonly type: 'path';
  /** As in SVG's attribute d. */
  readonly d: string;
  readonly look: Look;
}

export interface Text {
  readonly type: 'text';
  readonly x: number;
  /** The base line. */
  readonly y: number;
  readonly text: string;
  readonly tone?: Tone;
  readonly anchor?: 'start' | 'middle' | 'end';
  readonly size?: number;
  readonly isId?: boolean;
  readonly isBold?: boolean;
}

export type Shape = Rectangle | Line | Text;

/** A picture in pixels; the same in the panel and in a file. */
export interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly shapes: readonly Shape[];
}

export const textSize = 11;

/** How wide a text will be, roughly and rather too wide: the theme's fonts are not known here. */
export function textWidth(text: string, size = textSize): number {
  return Array.from(text).length * size * 0.62;
}

/** The text, or as much of it as has room, with an ellipsis. */
export function cut(text: string, room: number, size = textSize): string {
  if (textWidth(text, size) <= room) return text;
  const count = Math.floor(room / (size * 0.62)) - 1;
  return count < 1 ? '' : `${Array.from(text).slice(0, count).join('')}…`;
}

/** Drawings one below the other. */
export function stack(drawings: readonly Drawing[], gap: number): Drawing {
  const shapes: Shape[] = [];
  let y = 0;
  for (const drawing of drawings) {
    shapes.push(...drawing.shapes.map((shape) => moved(shape, y)));
    y += drawing.height + gap;
  }
  return {
    width: Math.max(0, ...drawings.map(({ width }) => width)),
    height: Math.max(0, y - gap),
    shapes,
  };
}

function moved(shape: Shape, dy: number): Shape {
  if (dy === 0) return shape;
  if (shape.type !== 'path') return { ...shape, y: shape.y + dy };
  // Every path here is made of absolute pairs: x,y.
  const d = shape.d.replace(/(-?[\d.]+),(-?[\d.]+)/g, (_, x: string, y: string) => `${x},${Number(y) + dy}`);
  return { ...shape, d };
}

/** A number as it stands in a path: not more digits than can be seen. */
export function at(x: number, y: number): string {
  return `${Math.round(x * 10) / 10},${Math.round(y * 10) / 10}`;
}
