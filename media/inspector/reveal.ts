import type { SectionName } from '../../src/ui/inspector/protocol';

let pending: SectionName | undefined;

/** Opens a section and scrolls to it: now, or once it is shown. */
export function reveal(section: SectionName): void {
  pending = section;
  revealPending();
}

export function revealPending(): void {
  const found = document.querySelector<HTMLElement>(`[data-section="${pending}"]`);
  const details = found?.querySelector('details');
  if (pending === undefined || !found || !details) return;
  pending = undefined;
  details.open = true;
  found.scrollIntoView({ block: 'start' });
}
