import { html, nothing, type TemplateResult } from 'lit';
import type { StepsModel } from '../../src/ui/inspector/protocol';
import { section } from './section';
import { send } from './state';

export function stepsSection(
  { heading, columns, total, copy, rows }: StepsModel,
  menu: string,
): TemplateResult {
  return section(
    'steps',
    heading,
    menu,
    html`<table class="steps" aria-label=${heading}>
        <thead class="unseen">
          <tr>
            <th scope="col">${columns.step}</th>
            <th scope="col">${columns.meaning}</th>
            <th scope="col">${columns.took}</th>
          </tr>
        </thead>
        <tbody>
          ${rows.map(
            ({ call, meaning, took, failed }) =>
              html`<tr title=${meaning}>
                <th scope="row">
                  <span class="id call">${call}</span
                  >${failed === '' ? nothing : html` <span class="failed">${failed}</span>`}
                </th>
                <td class="meaning dim">${meaning}</td>
                <td class="number">${took}</td>
              </tr>`,
          )}
        </tbody>
      </table>
      ${
        total === ''
          ? nothing
          : html`<p class="dim">
              ${total}
              <button class="link" @click=${() => send({ type: 'copy', text: copy.text })}>
                ${copy.label}
              </button>
            </p>`
      }`,
  );
}
