import { html, type TemplateResult } from 'lit';
import type { CompareRow, Sections } from '../../src/ui/inspector/protocol';
import { section } from './section';
import { send } from './state';

/** Two subjects side by side. What differs is marked by a word and a sign, not by colour alone. */
export function compareSection(
  { heading, columns, summary, rows, close }: NonNullable<Sections['compare']>,
  menu: string,
): TemplateResult {
  return section(
    'compare',
    heading,
    menu,
    html`<p>${summary}</p>
      <table class="compare" aria-label=${heading}>
        <thead>
          <tr>
            <th scope="col">${columns.kind}</th>
            <th scope="col">${columns.first}</th>
            <th scope="col">${columns.second}</th>
            <th scope="col" class="sign"><span class="unseen">${columns.same}</span></th>
          </tr>
        </thead>
        <tbody>
          ${rows.map(compared)}
        </tbody>
      </table>
      <p><button class="link" @click=${() => send({ type: 'endComparison' })}>${close}</button></p>`,
  );
}

function compared({ kind, meaning, first, second, same, word }: CompareRow): TemplateResult {
  const sign = same === undefined ? '?' : same ? '=' : '≠';
  return html`<tr class=${same === true ? 'same' : 'different'}>
    <th scope="row" title=${meaning}>${kind}</th>
    <td class="id">${first}</td>
    <td class="id">${second}</td>
    <td class="sign" title=${word}>
      <span aria-hidden="true">${sign}</span><span class="unseen">${word}</span>
    </td>
  </tr>`;
}
