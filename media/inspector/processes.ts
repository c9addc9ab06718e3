import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { ProcessesModel, ProcessRow } from '../../src/ui/inspector/protocol';
import { copyButton } from './copyButton';
import { section } from './section';

/** Deeper trees go on without further indentation: tables.css has a class for each level. */
const deepest = 8;

/** A table that is a picture, too: two columns, a line for each process from one to the other, and what ps lists. */
export function processesSection(processes: ProcessesModel, menu: string): TemplateResult {
  const { heading, columns, twoPids, note, seen, above, rows } = processes;
  const badge = html`<span class="badge">${columns.seen}</span>`;
  return section(
    'processes',
    heading,
    menu,
    html`${note === '' ? nothing : html`<p class="dim">${note}</p>`}
      <table class=${`processes ${twoPids ? 'two' : 'one'} seen-${seen}`} aria-label=${heading}>
        <thead>
          <tr>
            <th scope="col">${columns.outside} ${seen === 'outside' ? badge : nothing}</th>
            ${
              twoPids
                ? html`<th scope="col">${columns.inside} ${seen === 'inside' ? badge : nothing}</th>`
                : nothing
            }
          </tr>
        </thead>
        <tbody>
          ${above.map(
            ({ outside, name }) =>
              html`<tr class="above">
                <th scope="row" class="outside dim">${numbered(outside, name)}</th>
                ${twoPids ? html`<td></td>` : nothing}
              </tr>`,
          )}
          ${repeat(
            rows,
            ({ pid }) => pid,
            (row, index) => process(row, twoPids, index),
          )}
        </tbody>
      </table>`,
  );
}

function process(row: ProcessRow, twoPids: boolean, index: number): TemplateResult {
  const depth = `depth-${Math.min(row.depth, deepest)}`;
  return html`<tr class=${index === 0 ? 'process first' : 'process'}>
    <th scope="row" class=${`outside ${depth}`}>
      ${numbered(
        row.outside,
        row.name,
        html`${copyButton(row.outside, row.copyLabel, index === 0)}${
          row.under === '' ? nothing : html`<span class="unseen">, ${row.under}</span>`
        }`,
      )}
    </th>
    ${twoPids ? html`<td class=${`inside ${depth}`}>${numbered(row.inside, row.name)}</td>` : nothing}
  </tr>`;
}

function numbered(
  pid: string,
  name: string,
  after: TemplateResult | typeof nothing = nothing,
): TemplateResult {
  return html`<div class="numbered">
    <span class="number">${pid}</span><span class="name" title=${name}>${name}</span>${after}
  </div>`;
}
