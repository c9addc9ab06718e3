import { drawSection } from '../../src/ui/inspector/pictures/sectionPicture';
import type { InspectorModel, PictureFormat, SectionName } from '../../src/ui/inspector/protocol';
import { send } from './state';
import { svgOf, type Colours } from './svg';

/** In pixels: half of a slide. A PNG has so many times more of them. */
const width = 640;
const margin = 16;
const scale = 3;

/** Answers a request for a section's picture, in the colours that the theme has now. */
export async function sendPicture(
  model: InspectorModel | undefined,
  section: SectionName,
  format: PictureFormat,
): Promise<void> {
  const drawing = model?.type === 'subject' ? drawSection(section, model, width) : undefined;
  const svg = drawing && svgOf(drawing, colours(), margin);
  const data = svg ? (format === 'svg' ? textOf(svg) : await png(svg)) : '';
  send({ type: 'drawn', section, format, data });
}

function textOf(svg: SVGSVGElement): string {
  return `${new XMLSerializer().serializeToString(svg)}\n`;
}

/** What the theme's variables are now, opaque and in the notation that every program reads: a file has no theme. */
function colours(): Colours {
  const probe = document.createElement('span');
  document.body.append(probe);
  const computed = (name: string): string => {
    probe.className = `colour-${name}`;
    return getComputedStyle(probe).color;
  };
  const background = computed('background');
  const valueOf = (name: string): string => opaque(computed(name), background);
  const values: Colours = {
    foreground: valueOf('foreground'),
    dim: valueOf('dim'),
    own: valueOf('own'),
    soft: valueOf('soft'),
    line: valueOf('line'),
    background: valueOf('background'),
    mark: valueOf('mark'),
    font: `${getComputedStyle(document.body).fontFamily}, sans-serif`,
    mono: 'monospace',
  };
  probe.remove();
  return values;
}

/** `#rrggbb`, as the colour looks on the background. */
function opaque(colour: string, background: string): string {
  const context = canvasOf(1, 1).getContext('2d');
  if (!context) return colour;
  for (const layer of [background, colour]) {
    context.fillStyle = layer;
    context.fillRect(0, 0, 1, 1);
  }
  const [red = 0, green = 0, blue = 0] = context.getImageData(0, 0, 1, 1).data;
  return `#${[red, green, blue].map((part) => part.toString(16).padStart(2, '0')).join('')}`;
}

function canvasOf(width: number, height: number): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  return canvas;
}

async function png(svg: SVGSVGElement): Promise<string> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(textOf(svg))}`;
  await image.decode();
  const canvas = canvasOf(image.naturalWidth * scale, image.naturalHeight * scale);
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  const url = canvas.toDataURL('image/png');
  return url.slice(url.indexOf(',') + 1);
}
