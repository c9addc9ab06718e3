import { html, type TemplateResult } from 'lit';

/** The place from which screen readers read changes; it must be there before the first one. */
export function announcement(): TemplateResult {
  return html`<div id="announcement" class="unseen" role="status"></div>`;
}

export function announce(text: string): void {
  const place = document.getElementById('announcement');
  if (!place) return;
  // A text that is already there is read again only as a new node.
  const line = document.createElement('p');
  line.textContent = text;
  place.replaceChildren(line);
}
