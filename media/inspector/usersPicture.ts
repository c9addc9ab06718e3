import { html, svg, type SVGTemplateResult, type TemplateResult } from 'lit';
import type { UsersPicture } from '../../src/ui/inspector/protocol';

/** How far the outside is shifted to the right, in hundredths of the width: a map is a change of numbers. */
const shifts = [0, 14, 6] as const;

/** Width of a band. */
const width = 9;

/**
 * Two rulers, inside above outside: a band for each line of the uid_map, and dotted lines from everybody else to
 * nobody. Not to scale. The lines stretch with the panel and the words do not, so these are not in the SVG.
 */
export function usersPicture(picture: UsersPicture): TemplateResult {
  const { bands, overflow, others } = picture;
  const inside = [...bands.map((band) => band.inside), overflow];
  const outside = [...bands.map((band) => band.outside), others];
  return html`<figure class="picture" role="img" aria-label=${picture.description}>
    <div class="dim small">${picture.insideLabel}</div>
    <div class="labels">${inside.map((label) => html`<span>${label}</span>`)}</div>
    <svg viewBox="0 0 100 64" preserveAspectRatio="none" aria-hidden="true">${lines(bands.length)}</svg>
    <div class=${`labels bands-${bands.length}`}>${outside.map((label) => html`<span>${label}</span>`)}</div>
    <div class="dim small">${picture.outsideLabel}</div>
  </figure>`;
}

function lines(bands: number): SVGTemplateResult {
  const column = 100 / (bands + 1);
  const shift = shifts[bands] ?? 0;
  const nobody = bands * column;
  return svg`
    <line class="ruler" x1="0" y1="7" x2="100" y2="7" />
    <line class="ruler" x1="0" y1="57" x2="100" y2="57" />
    ${Array.from({ length: bands }, (_, i) => band(i * column, shift))}
    <rect class="nobody" x=${nobody + 0.3} y="2" width=${width * 1.5} height="10" />
    ${others(bands, column, shift).map(
      (x) =>
        svg`<path class="others" d=${`M${x} 54 C${x} 30 ${nobody + width * 0.75} 40 ${nobody + width * 0.75} 13`} />`,
    )}`;
}

function band(x: number, shift: number): SVGTemplateResult {
  const [left, right] = [x + shift, x + shift + width];
  return svg`
    <polygon class="band" points=${`${x},9 ${x + width},9 ${right},55 ${left},55`} />
    <rect class="end" x=${x} y="2" width=${width} height="10" />
    <rect class="end" x=${left} y="52" width=${width} height="10" />`;
}

/** Places on the lower ruler that no band takes. */
function others(bands: number, column: number, shift: number): number[] {
  const between = Array.from({ length: bands }, (_, i) => i * column + shift / 3);
  const last = bands * column;
  return [...between, ...[0.35, 0.65, 0.95].map((part) => last + part * (100 - last))];
}
