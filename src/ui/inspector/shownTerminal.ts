import type { TerminalId } from '../../runtime/runtime';

/** Which terminal the side panel shows: the one a person turned to last, be it in the tree or by working in it. */
export class ShownTerminal {
  private selected: TerminalId | undefined;
  private active: TerminalId | undefined;
  private latest: 'selected' | 'active' = 'active';

  constructor(active: TerminalId | undefined) {
    this.active = active;
  }

  select(id: TerminalId | undefined): void {
    this.selected = id;
    if (id !== undefined) this.latest = 'selected';
  }

  /** Undefined when another sort of terminal becomes active: the panel then stays with what it shows. */
  activate(id: TerminalId | undefined): void {
    if (id === undefined) return;
    this.active = id;
    this.latest = 'active';
  }

  /** The first that runs of: the latest of both, the other one, the one opened last. */
  among(running: readonly TerminalId[]): TerminalId | undefined {
    const wanted = this.latest === 'selected' ? [this.selected, this.active] : [this.active, this.selected];
    return wanted.find((id) => id !== undefined && running.includes(id)) ?? running.at(-1);
  }
}
