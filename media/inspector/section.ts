import { html, type TemplateResult } from 'lit';
import { isOpen, setOpen } from './state';

/** A section that can be closed; it stays so when the page is made anew. */
export function section(name: string, heading: string, content: TemplateResult): TemplateResult {
  const remember = ({ currentTarget }: Event): void =>
    setOpen(name, (currentTarget as HTMLDetailsElement).open);
  return html`<details class="section" .open=${isOpen(name)} @toggle=${remember}>
    <summary><h2>${heading}</h2></summary>
    <div class="content">${content}</div>
  </details>`;
}
