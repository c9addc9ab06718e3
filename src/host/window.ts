import type { MessageConnection } from 'vscode-jsonrpc/node';
import { Group } from './group';
import { type Hello, type HostEvent, notification, request } from './protocol';

/** How long a window may take to say that somebody is there, in milliseconds. */
const patience = 2000;

/** A window that is connected, or the extension host of one that is not there any more. */
export class Window {
  private mine: Group;

  constructor(
    private readonly connection: MessageConnection,
    { workspace, wait }: Hello,
  ) {
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
    // A window that went away hears of nothing; its connection says so itself.
    this.connection.sendNotification(notification.event, event).catch(() => undefined);
  }

  /** Whether a person may still be in front of it: an extension host can outlive its window for hours. */
  async isThere(): Promise<boolean> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<boolean>((resolve) => (timer = setTimeout(() => resolve(false), patience)));
    try {
      return await Promise.race([this.connection.sendRequest(request.isThere, null), late]);
    } catch {
      return false;
    } finally {
      clearTimeout(timer);
    }
  }
}
