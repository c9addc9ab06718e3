import type { MessageConnection } from 'vscode-jsonrpc/node';
import { Failure } from '../kernel/failure';
import type { TerminalId } from '../runtime/runtime';
import type { Host } from './host';
import type { KeptTerminal } from './keptTerminal';
import { type Answer, notification, request } from './protocol';
import { Window } from './window';

/** Serves what is at the other end of a connection, which says hello first, until the connection ends. */
export function serve(connection: MessageConnection, host: Host): void {
  let window: Window | undefined;
  let isClosed = false;
  const gone = new Promise<void>((resolve) => {
    connection.onClose(() => {
      isClosed = true;
      resolve();
      if (window) host.disconnect(window);
    });
  });
  connection.onRequest(request.hello, (hello) => {
    // Messages that came before the end are heard after it.
    if (isClosed || window) throw new Error('hello is said once, by somebody who is there');
    window = new Window(connection, hello, gone);
    answerRequests(connection, host, window);
    hearNotifications(connection, host, window);
    host.connect(window);
    return { pid: process.pid };
  });
  connection.onError(() => connection.end());
  connection.listen();
}

function answerRequests(connection: MessageConnection, host: Host, window: Window): void {
  connection.onRequest(request.open, (wanted) => answer(host.open(window, wanted)));
  connection.onRequest(request.claim, (wanted) => host.claim(window, wanted?.workspace));
  connection.onRequest(request.attach, ({ id, size }) => answer(host.attach(window, id, size)));
  connection.onRequest(request.close, (id) => answer(host.close(window, id).then(() => null)));
  connection.onRequest(request.writeIdMaps, ({ id, writes }) => answer(host.writeIdMaps(window, id, writes)));
}

function hearNotifications(connection: MessageConnection, host: Host, window: Window): void {
  /** What is about a terminal that has ended meanwhile is about nothing. */
  const find = (id: TerminalId): KeptTerminal | undefined => host.find(window, id);
  connection.onNotification(notification.write, ({ id, data }) => find(id)?.write(data));
  connection.onNotification(notification.acknowledge, ({ id, count, window: size }) =>
    find(id)?.acknowledge(count, size),
  );
  connection.onNotification(notification.resize, ({ id, size }) => find(id)?.resize(size));
  connection.onNotification(notification.kill, (id) => find(id)?.kill());
  connection.onNotification(notification.active, (id) => {
    window.group.active = id;
  });
  connection.onNotification(notification.column, ({ id, column }) => find(id)?.stand(column));
  connection.onNotification(notification.wait, (wait) => {
    window.group.wait = wait;
  });
}

async function answer<T>(result: Promise<T>): Promise<Answer<T>> {
  try {
    return { value: await result };
  } catch (error) {
    const failure = error instanceof Failure ? error : Failure.of('runtime', error, String(error));
    return { failure: failure.toData() };
  }
}
