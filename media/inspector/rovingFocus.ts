const roving = 'button.copy';

/**
 * Moves the focus up and down in a list of buttons of which Tab reaches only the first, as in a toolbar
 * (WAI-ARIA Authoring Practices, "Roving tabindex"): 500 processes must not be 500 stops.
 */
export function moveFocus(event: KeyboardEvent): void {
  const button = event.target instanceof Element ? event.target.closest<HTMLElement>(roving) : null;
  const list = button?.closest('table');
  if (!button || !list || event.altKey || event.ctrlKey || event.metaKey) return;
  const buttons = [...list.querySelectorAll<HTMLElement>(roving)];
  const next = nextIndex(event.key, buttons.indexOf(button), buttons.length);
  if (next === undefined) return;
  event.preventDefault();
  buttons[next]?.focus();
}

function nextIndex(key: string, index: number, count: number): number | undefined {
  switch (key) {
    case 'ArrowDown':
      return Math.min(index + 1, count - 1);
    case 'ArrowUp':
      return Math.max(index - 1, 0);
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return undefined;
  }
}
