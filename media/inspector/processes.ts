import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { ProcessRow, Sections } from '../../src/ui/inspector/protocol';
import { copyButton } from './copyButton';
import { section } from './section';

/** Deeper trees go on without further indentation: page.css has a class for each level. */
const deepest = 8;

export function processesSection(processes: Sections['processes']): TemplateResult {
  const { heading, columns, twoPids, note, rows } = processes;
  return section(
    'processes',
    heading,
    html`${note === '' ? nothing : html`<p class="dim">${note}</p>`}
      <table class="processes" aria-label=${heading}>
        <thead>
          <tr>
            ${twoPids ? html`<th scope="col" class="number">${columns.inside}</th>` : nothing}
            <th scope="col" class="number">${columns.outside}</th>
            <th scope="col">${columns.name}</th>
          </tr>
        </thead>
        <tbody>
          ${repeat(
            rows,
            ({ pid }) => pid,
            (row, index) => process(row, twoPids, index === 0),
          )}
        </tbody>
      </table>`,
  );
}

function process(row: ProcessRow, twoPids: boolean, isFirst: boolean): TemplateResult {
  return html`<tr>
    ${twoPids ? html`<td class="number inside">${row.inside}</td>` : nothing}
    <td class="number"><span>${row.outside}</span>${copyButton(row.outside, row.copyLabel, isFirst)}</td>
    <th scope="row" class=${`name depth-${Math.min(row.depth, deepest)}`}>
      ${row.name}${row.under === '' ? nothing : html`<span class="unseen">, ${row.under}</span>`}
    </th>
  </tr>`;
}
