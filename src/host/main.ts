import * as fs from 'node:fs';
import type * as net from 'node:net';
import { createMessageConnection, SocketMessageReader, SocketMessageWriter } from 'vscode-jsonrpc/node';
import { NativeLibrary } from '../kernel/native';
import { prepareNodePty } from '../runtime/adoptPty';
import { LocalRuntime } from '../runtime/localRuntime';
import { Host } from './host';
import { Listener } from './listener';
import { serve } from './serve';

/** How long the process waits for something to do before it ends, in milliseconds: a window may be about to come. */
const linger = 3000;

/** How often is looked whether the socket is still there, in milliseconds: folders for temporary files are swept. */
const socketRound = 10_000;

/** The runtime's process: `node host.js BUILD SCRIPTS FOLDER...`. Prints "ready" when a window can connect. */
function main([build, scripts, ...folders]: readonly string[]): void {
  if (build === undefined || scripts === undefined || folders.length === 0)
    throw new Error('host.js is started by the extension: BUILD SCRIPTS FOLDER...');
  process.title = 'anton-runtime';
  // What is loaded later would be missing after an update has removed this version of the extension.
  const native = NativeLibrary.load();
  prepareNodePty();
  const listener = new Listener(folders, build, (client) => accept(client, native, host));
  const end = (): void => {
    listener.close();
    process.exit();
  };
  let timer: NodeJS.Timeout | undefined;
  const endIfIdle = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => host.isIdle && end(), linger);
  };
  const host = new Host(new LocalRuntime(scripts), endIfIdle);
  listener.listen().once('listening', () => {
    fs.writeSync(1, 'ready\n');
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, end);
    // One terminal's trouble is not to take the others along.
    process.on('uncaughtException', (error) => console.error(error));
    process.on('unhandledRejection', (error) => console.error(error));
    setInterval(() => listener.renew(), socketRound);
    endIfIdle();
  });
}

/** The folder keeps others out; should it have been opened to them, this does. */
function accept(client: net.Socket, native: NativeLibrary, host: Host): void {
  client.on('error', () => client.destroy());
  if (!isOwn(client, native)) {
    client.destroy();
    return;
  }
  serve(createMessageConnection(new SocketMessageReader(client), new SocketMessageWriter(client)), host);
}

function isOwn(client: net.Socket, native: NativeLibrary): boolean {
  const { fd } = (client as unknown as { readonly _handle?: { readonly fd?: number } })._handle ?? {};
  try {
    return fd !== undefined && native.peerUid(fd) === process.getuid?.();
  } catch {
    return false;
  }
}

main(process.argv.slice(2));
