import { html, nothing, type TemplateResult } from 'lit';
import type { OwnershipBox, Sections } from '../../src/ui/inspector/protocol';
import { section } from './section';

/** Nested boxes: a user namespace, what it owns, and the next one inwards. */
export function ownershipSection(
  { heading, intro, box, outside }: NonNullable<Sections['ownership']>,
  menu: string,
): TemplateResult {
  return section(
    'ownership',
    heading,
    menu,
    html`<p class="dim">${intro}</p>
      ${box ? nested(box) : nothing} ${outside === '' ? nothing : html`<p class="dim">${outside}</p>`}`,
  );
}

function nested({ title, whose, isHost, owned, inner, spoken }: OwnershipBox): TemplateResult {
  return html`<div class=${isHost ? 'box host' : 'box'} role="group" aria-label=${spoken}>
    <div class="title"><span class="id">${title}</span> <span class="dim">${whose}</span></div>
    ${
      owned.length === 0
        ? nothing
        : html`<ul class="chips">
            ${owned.map(
              ({ kind, id }) =>
                html`<li title=${`${kind}:[${id}]`}>
                  <strong>${kind}</strong> <span class="id">${id}</span>
                </li>`,
            )}
          </ul>`
    }
    ${inner ? nested(inner) : nothing}
  </div>`;
}
