import type { Drawing } from '../../src/ui/inspector/pictures/drawing';
import { svgOf, themeColours } from './svg';

/** Wider than this a picture is not easier to read. */
const widest = 620;

/** A picture as wide as its place; drawn anew when it says something else, or when the place changes. */
export class PictureElement extends HTMLElement {
  private drawer: ((width: number) => Drawing) | undefined;
  private readonly observer = new ResizeObserver(() => this.redraw());
  private drawn = '';

  set draw(drawer: (width: number) => Drawing) {
    this.drawer = drawer;
    this.redraw();
  }

  connectedCallback(): void {
    this.observer.observe(this);
  }

  disconnectedCallback(): void {
    this.observer.disconnect();
  }

  private redraw(): void {
    const width = Math.min(widest, Math.floor(this.clientWidth));
    if (!this.drawer || width === 0) return;
    const drawing = this.drawer(width);
    const text = JSON.stringify(drawing);
    if (text === this.drawn) return;
    this.drawn = text;
    const svg = svgOf(drawing, themeColours);
    svg.setAttribute('aria-hidden', 'true');
    this.replaceChildren(svg);
  }
}

customElements.define('anton-picture', PictureElement);
