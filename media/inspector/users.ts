import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { MapTable, Sections } from '../../src/ui/inspector/protocol';
import './mapForm';
import { section } from './section';
import { usersPicture } from './usersPicture';

type Users = Sections['users'];

export function usersSection({ heading, columns, picture, tables, owner, form }: Users): TemplateResult {
  return section(
    'users',
    heading,
    html`${picture ? usersPicture(picture) : nothing}
    ${repeat(
      tables,
      ({ name }) => name,
      (table) => idMap(table, columns),
    )}
    ${owner === '' ? nothing : html`<p class="dim">${owner}</p>`}
    ${form ? html`<anton-map-form .words=${form}></anton-map-form>` : nothing}`,
  );
}

/** Each row reads as a sentence: "root (0) inside | is you (1000) outside". */
function idMap({ name, note, rows }: MapTable, columns: Users['columns']): TemplateResult {
  return html`<div class="map">
    <h3 id=${name}>${name}</h3>
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
