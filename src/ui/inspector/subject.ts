import type { NamespaceId, NamespaceKind } from '../../kernel/kinds';
import type { TerminalId } from '../../runtime/runtime';

/** What the side panel is about. */
export type Subject =
  | { readonly type: 'terminal'; readonly id: TerminalId }
  | { readonly type: 'process'; readonly pid: number }
  | { readonly type: 'namespace'; readonly kind: NamespaceKind; readonly id: NamespaceId };

/** Which subject the side panel shows: the one a person turned to last, be it in a tree or by working in a terminal. */
export class ShownSubject {
  private selected: TerminalId | undefined;
  private active: TerminalId | undefined;
  private inspected: Subject | undefined;
  private latest: 'selected' | 'active' = 'active';

  constructor(active: TerminalId | undefined) {
    this.active = active;
  }

  /** A process or a namespace, until a person turns to a terminal again. */
  inspect(subject: Subject): void {
    if (subject.type === 'terminal') this.select(subject.id);
    else this.inspected = subject;
  }

  select(id: TerminalId | undefined): void {
    this.selected = id;
    if (id === undefined) return;
    this.latest = 'selected';
    this.inspected = undefined;
  }

  /** Undefined when another sort of terminal becomes active: the panel then stays with what it shows. */
  activate(id: TerminalId | undefined): void {
    if (id === undefined) return;
    this.active = id;
    this.latest = 'active';
    this.inspected = undefined;
  }

  /** What is inspected; else the first that runs of: the latest of both, the other one, the one opened last. */
  among(running: readonly TerminalId[]): Subject | undefined {
    if (this.inspected) return this.inspected;
    const wanted = this.latest === 'selected' ? [this.selected, this.active] : [this.active, this.selected];
    const id = wanted.find((each) => each !== undefined && running.includes(each)) ?? running.at(-1);
    return id === undefined ? undefined : { type: 'terminal', id };
  }
}
