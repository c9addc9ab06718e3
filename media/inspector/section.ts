import { html, type TemplateResult } from 'lit';
import type { SectionName } from '../../src/ui/inspector/protocol';
import { isOpen, setOpen } from './state';

/**
 * A section that can be closed; it stays so when the page is made anew. Its menu is VS Code's own, as by the right
 * mouse button (contributes.menus, webview/context).
 * @param menu what the menu's button says; {0} is the heading.
 */
export function section(
  name: SectionName,
  heading: string,
  menu: string,
  content: TemplateResult,
): TemplateResult {
  const remember = ({ currentTarget }: Event): void =>
    setOpen(name, (currentTarget as HTMLDetailsElement).open);
  const label = menu.replace('{0}', heading);
  const context = JSON.stringify({ section: name, preventDefaultContextMenuItems: true });
  return html`<section class="section" data-section=${name} data-vscode-context=${context}>
    <details .open=${isOpen(name)} @toggle=${remember}>
      <summary><h2>${heading}</h2></summary>
      <div class="content">${content}</div>
    </details>
    <button class="menu" aria-haspopup="menu" title=${label} aria-label=${label} @click=${openMenu}>
      <span aria-hidden="true">⋯</span>
    </button>
  </section>`;
}

/** As if a person had pressed the right mouse button there. */
function openMenu(event: MouseEvent): void {
  const button = event.currentTarget as HTMLElement;
  const { left, bottom } = button.getBoundingClientRect();
  button.dispatchEvent(new MouseEvent('contextmenu', { bubbles: true, clientX: left, clientY: bottom }));
  event.stopPropagation();
}
