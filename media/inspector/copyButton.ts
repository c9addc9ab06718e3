import { html, nothing, svg, type TemplateResult } from 'lit';
import { send } from './state';

const sheets = svg`<path d="M5.5 4.5v-3h9v9h-4" /><path d="M1.5 4.5h9v10h-9z" />`;

/** Copies an id. Tab reaches only the first of a table; the arrow keys go to the others (rovingFocus.ts). */
export function copyButton(text: string, label: string, isFirst: boolean): TemplateResult | typeof nothing {
  if (text === '') return nothing;
  return html`<button
    class="copy"
    tabindex=${isFirst ? 0 : -1}
    title=${label}
    aria-label=${label}
    @click=${() => send({ type: 'copy', text })}
  >
    <svg viewBox="0 0 16 16" aria-hidden="true">${sheets}</svg>
  </button>`;
}
