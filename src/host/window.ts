import type { MessageConnection } from 'vscode-jsonrpc/node';
import { Group } from './group';
import { type Hello, type HostEvent, notification, request } from './protocol';
import { within } from './within';

/** How long a window may take to say that somebody is there, in milliseconds. */
const patience = 1000;

/** A window that is connected, or the extension host of one that is not there any more. */
export class Window {
  private mine: Group;
  private isGone = false;

  /** @param gone settles when the connection has ended. */
  constructor(
    private readonly connection: MessageConnection,
    { workspace, wait }: Hello,
    private readonly gone: Promise<void>,
  ) {
    void gone.then(() => (this.isGone = true));
    this.mine = new Group(workspace, wait);
  }

  get group(): Group {
    return this.mine;
  }

  /** Lets go of its terminals, and goes on with none. */
  leave(): Group {
    const left = this.mine;
    this.mine = new Group(left.workspace, left.wait);
    return left;
  }

  tell(event: HostEvent): void {
    try {
      this.connection.sendNotification(notification.event, event).catch(() => undefined);
    } catch {
      // A window that went away hears of nothing; its connection says so itself.
    }
  }

  /**
   * Whether a person may still be in front of it: an extension host can outlive its window for hours. One that is busy
   * is asked twice.
   */
  async isThere(): Promise<boolean> {
    return (await this.answers()) || (!this.isGone && (await this.answers()));
  }

  private answers(): Promise<boolean> {
    const ask = (): Promise<boolean> => this.connection.sendRequest(request.isThere, null);
    return within(patience, () => Promise.race([ask(), this.gone.then(() => false)]), false);
  }
}
