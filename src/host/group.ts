import type { TerminalId } from '../runtime/runtime';

/** The terminals of one window, which stay together when it is lost. */
export class Group {
  readonly terminals = new Set<TerminalId>();
  active: TerminalId | undefined;
  private timer: NodeJS.Timeout | undefined;

  /** @param wait seconds. */
  constructor(
    readonly workspace: string,
    public wait: number,
  ) {}

  /** @param onExpired called when no window has come for as long as was said. */
  lose(onExpired: () => void): void {
    this.timer = setTimeout(onExpired, this.wait * 1000);
  }

  find(): void {
    clearTimeout(this.timer);
  }
}
