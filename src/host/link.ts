import * as net from 'node:net';
import {
  createMessageConnection,
  type MessageConnection,
  SocketMessageReader,
  SocketMessageWriter,
} from 'vscode-jsonrpc/node';
import { Failure } from '../kernel/failure';
import { type Answer, type Hello, type HostEvent, type KeptInfo, notification, request } from './protocol';
import type { SocketFile } from './sockets';
import { within } from './within';

/** How long a runtime's process may take to answer the first time, in milliseconds. */
const patience = 10_000;

export interface LinkListener {
  event(link: Link, event: HostEvent): void;
  /** The process is gone, or does not speak to this one any more. */
  lost(link: Link): void;
  isThere(): Promise<boolean>;
}

/** A connection to a runtime's process. */
export class Link {
  private isOpen = true;

  private constructor(
    readonly connection: MessageConnection,
    private readonly socket: net.Socket,
    readonly build: string,
  ) {}

  /** @returns undefined if nobody listens there. */
  static async connect(file: SocketFile, hello: Hello, listener: LinkListener): Promise<Link | undefined> {
    const socket = await connectSocket(file.path);
    if (!socket) return undefined;
    const connection = createMessageConnection(
      new SocketMessageReader(socket),
      new SocketMessageWriter(socket),
    );
    connection.onRequest(request.isThere, () => listener.isThere());
    connection.onError(() => connection.end());
    const closed = new Promise<undefined>((resolve) => connection.onClose(() => resolve(undefined)));
    connection.listen();
    const greet = (): Promise<unknown> =>
      Promise.race([connection.sendRequest(request.hello, hello), closed]);
    const welcome = await within(patience, greet, undefined);
    if (!welcome) {
      socket.destroy();
      connection.dispose();
      return undefined;
    }
    const link = new Link(connection, socket, file.build);
    connection.onNotification(notification.event, (event) => listener.event(link, event));
    void closed.then(() => {
      connection.dispose();
      if (link.isOpen) listener.lost(link);
      link.isOpen = false;
    });
    return link;
  }

  /** @throws Failure that the answer holds, or (runtime_lost) if there is none. */
  async ask<T>(answer: (connection: MessageConnection) => Promise<Answer<T>>): Promise<T> {
    let result: Answer<T>;
    try {
      // It throws, too, where the connection has ended.
      result = await answer(this.connection);
    } catch (error) {
      throw new Failure({ step: 'runtime_lost', code: '', subject: String(error) });
    }
    if ('failure' in result) throw Failure.from(result.failure);
    return result.value;
  }

  /**
   * Nothing if the process does not answer.
   * @param workspace another one than that of this window; a process of an older version takes no notice of it.
   */
  claim(workspace: string | undefined): Promise<readonly KeptInfo[]> {
    const wanted = workspace === undefined ? null : { workspace };
    return within(patience, () => this.connection.sendRequest(request.claim, wanted), []);
  }

  tell(send: (connection: MessageConnection) => Promise<void>): void {
    // What is not heard because the process is gone is told by its loss.
    if (!this.isOpen) return;
    try {
      send(this.connection).catch(() => undefined);
    } catch {
      // The same: it throws where the connection has just ended.
    }
  }

  /** The process hears that this window is gone. */
  close(): void {
    this.isOpen = false;
    this.socket.end();
  }
}

function connectSocket(path: string): Promise<net.Socket | undefined> {
  return new Promise((resolve) => {
    const socket = net.connect(path);
    socket.once('connect', () => {
      socket.on('error', () => socket.destroy());
      resolve(socket);
    });
    socket.once('error', () => resolve(undefined));
  });
}
