import { html, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { drawNamespaces } from '../../src/ui/inspector/pictures/namespacesPicture';
import type { NamespaceRow, Sections } from '../../src/ui/inspector/protocol';
import { copyButton } from './copyButton';
import './picture';
import { section } from './section';

export function namespacesSection(
  { heading, columns, rows, picture }: Sections['namespaces'],
  menu: string,
): TemplateResult {
  return section(
    'namespaces',
    heading,
    menu,
    html`<anton-picture
        role="img"
        aria-label=${picture.description}
        .draw=${(width: number) => drawNamespaces(rows, picture, width)}
      ></anton-picture>
      <table class="namespaces" aria-label=${heading}>
        <thead>
          <tr>
            <th scope="col"><span>${columns.kind}</span></th>
            <th scope="col"><span>${columns.id}</span></th>
            <th scope="col" class="wide"><span>${columns.hostId}</span></th>
            <th scope="col"><span>${columns.state}</span></th>
          </tr>
        </thead>
        <tbody>
          ${repeat(rows, ({ kind }) => kind, namespace)}
        </tbody>
      </table>`,
  );
}

/** The host's id has a column where there is room for it; else the picture shows it, and a line that is only read out. */
function namespace(row: NamespaceRow, index: number): TemplateResult {
  return html`<tr class=${row.own ? 'own' : 'shared'}>
    <th scope="row" title=${row.meaning}><span class="dot" aria-hidden="true"></span>${row.kind}</th>
    <td>
      <span class="id">${row.id}</span>${copyButton(row.id, row.copyLabel, index === 0)}
      <div class="narrow unseen">${row.hostLine}</div>
    </td>
    <td class="wide id dim">${row.hostId}</td>
    <td class="state"><span class="wide">${row.state}</span><span class="narrow">${row.short}</span></td>
  </tr>`;
}
