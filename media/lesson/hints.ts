import { html, nothing, type TemplateResult } from 'lit';
import type { HintPart } from '../../src/ui/lessons/protocol';
import { markdown } from './markdown';

/** How many hints beside the first one a person has asked for, by task. */
const asked = new Map<string, number>();

/**
 * The hints of a task: the first, and those that a person asked for.
 * @param redraw shows the page anew, with one hint more.
 */
export function hintsOf(
  task: string,
  hints: readonly HintPart[],
  next: string,
  redraw: () => void,
): TemplateResult | typeof nothing {
  if (hints.length === 0) return nothing;
  const count = 1 + (asked.get(task) ?? 0);
  const more = (): void => {
    asked.set(task, count);
    redraw();
  };
  return html`<div class="hints" role="status">
      ${hints.slice(0, count).map(
        ({ heading, nodes }) =>
          html`<div class="hint">
            <strong>${heading}</strong>
            ${markdown(nodes)}
          </div>`,
      )}
    </div>
    ${count < hints.length ? html`<button class="secondary" @click=${more}>${next}</button>` : nothing}`;
}
