import type { Drawing, Look, Shape, Tone } from '../../src/ui/inspector/pictures/drawing';
import { textSize } from '../../src/ui/inspector/pictures/drawing';

/** What each tone is: a variable of the theme, or its value in a file that knows no theme. */
export type Colours = Readonly<Record<Tone | 'soft' | 'font' | 'mono', string>>;

/** The theme's, for the page itself: page.css says what they are. */
export const themeColours: Colours = {
  foreground: 'var(--vscode-foreground)',
  dim: 'var(--dim)',
  own: 'var(--own)',
  soft: 'var(--soft)',
  line: 'var(--ruler)',
  background: 'var(--behind)',
  mark: 'var(--mark)',
  font: 'var(--vscode-font-family)',
  mono: 'var(--mono)',
};

const namespace = 'http://www.w3.org/2000/svg';

/** Draws with the DOM, so that a text is a text, whatever it says. */
export function svgOf({ width, height, shapes }: Drawing, colours: Colours, margin = 0): SVGSVGElement {
  const svg = element('svg', {
    xmlns: namespace,
    viewBox: `${-margin} ${-margin} ${width + 2 * margin} ${height + 2 * margin}`,
    width: width + 2 * margin,
    height: height + 2 * margin,
  }) as SVGSVGElement;
  if (margin > 0)
    svg.append(
      element('rect', { x: -margin, y: -margin, width: '100%', height: '100%', fill: colours.background }),
    );
  svg.append(...shapes.map((shape) => draw(shape, colours)));
  return svg;
}

function draw(shape: Shape, colours: Colours): SVGElement {
  switch (shape.type) {
    case 'rectangle': {
      const { x, y, width, height, radius = 0, look } = shape;
      return element('rect', { x, y, width, height, rx: radius, ...paint(look, colours) });
    }
    case 'path':
      return element('path', { d: shape.d, ...paint(shape.look, colours) });
    case 'text': {
      const { x, y, text, tone = 'foreground', anchor = 'start', size = textSize, isId, isBold } = shape;
      const node = element('text', {
        x,
        y,
        fill: colours[tone],
        'font-size': size,
        'font-family': isId ? colours.mono : colours.font,
        'text-anchor': anchor,
        ...(isBold && { 'font-weight': 600 }),
      });
      node.textContent = text;
      return node;
    }
  }
}

function paint(look: Look, { own, soft, dim, line, mark }: Colours): Record<string, string | number> {
  switch (look) {
    case 'own':
      return { fill: own };
    case 'ruler':
      return { fill: line };
    case 'band':
      return { fill: soft, stroke: own };
    case 'shared':
      return { fill: 'none', stroke: dim, 'stroke-dasharray': '3 3' };
    case 'lost':
      return { fill: 'none', stroke: dim, 'stroke-dasharray': '2 3' };
    case 'box':
      return { fill: 'none', stroke: dim };
    case 'inside':
      return { fill: 'none', stroke: own, 'stroke-width': 1.5 };
    case 'join':
      return { fill: 'none', stroke: own };
    case 'mark':
      return { fill: mark, stroke: mark, 'stroke-width': 2.5 };
  }
}

function element(name: string, attributes: Readonly<Record<string, string | number>>): SVGElement {
  const node = document.createElementNS(namespace, name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, String(value));
  return node;
}
