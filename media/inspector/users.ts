import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { drawUsers } from '../../src/ui/inspector/pictures/usersPicture';
import type { MapTable, Sections } from '../../src/ui/inspector/protocol';
import './mapForm';
import './picture';
import { section } from './section';
import { send } from './state';

type Users = Sections['users'];

export function usersSection(
  { heading, columns, tables, owner, file, form }: Users,
  menu: string,
): TemplateResult {
  return section(
    'users',
    heading,
    menu,
    html`${repeat(
      tables,
      ({ name }) => name,
      (table) => idMap(table, columns),
    )}
    ${owner === '' ? nothing : html`<p class="dim">${owner}</p>`} ${fileOwner(file)}
    ${form ? html`<anton-map-form .words=${form}></anton-map-form>` : nothing}`,
  );
}

/** Each row reads as a sentence: "root (0) inside | is you (1000) outside". */
function idMap({ name, note, rows, picture }: MapTable, columns: Users['columns']): TemplateResult {
  return html`<div class="map">
    <h3 id=${name}>${name}</h3>
    ${picture ? html`<anton-picture role="img" aria-label=${picture.description} .draw=${(width: number) => drawUsers(picture, width)}></anton-picture>` : nothing}
    ${note === '' ? nothing : html`<p>${note}</p>`}
    ${
      rows.length === 0
        ? nothing
        : html`<table class="words" aria-labelledby=${name}>
            <thead class="unseen">
              <tr>
                <th scope="col">${columns.inside}</th>
                <th scope="col">${columns.outside}</th>
                <th scope="col">${columns.line}</th>
              </tr>
            </thead>
            <tbody>
              ${rows.map(
                ({ inside, outside, line }) =>
                  html`<tr class=${line === '' ? 'dim' : ''}>
                    <th scope="row">${inside}</th>
                    <td>${outside}</td>
                    <td class="line id dim">${line}</td>
                  </tr>`,
              )}
            </tbody>
          </table>`
    }
  </div>`;
}

/** The owner of a file that a person chose, and the way to choose one; it can be dropped on the panel, too. */
function fileOwner({ text, choose, forget }: Users['file']): TemplateResult {
  return html`<div class="file-owner">
    ${text === '' ? nothing : html`<p>${text}</p>`}
    <button class="link" @click=${() => send({ type: 'chooseFile' })}>${choose}</button>
    ${
      text === ''
        ? nothing
        : html`<button class="link" @click=${() => send({ type: 'forgetFile' })}>${forget}</button>`
    }
  </div>`;
}
