import * as fs from 'node:fs';
import * as net from 'node:net';
import * as path from 'node:path';
import { faultOf, makeFolder, removeFolder } from './folder';
import { socketName } from './sockets';

/** The socket at which windows connect, in the best of the folders that is good when it is made. */
export class Listener {
  private folder = '';
  private server: net.Server | undefined;
  /** What kept it from listening anew when that was last tried. */
  private hindrance = '';

  /** @param folders where windows look for it, the best first. */
  constructor(
    private readonly folders: readonly string[],
    private readonly build: string,
    private readonly accept: (client: net.Socket) => void,
  ) {}

  /** @throws Failure (runtime_folder) if no folder is good. */
  listen(): net.Server {
    this.folder = makeFolder(this.folders);
    this.server = net.createServer(this.accept).listen(this.socket);
    return this.server;
  }

  /**
   * Listens anew where windows do not find it any more, as after a sweep of the folder for temporary files. What hinders
   * it is logged, once as long as it stays the same.
   */
  renew(): void {
    if (fs.existsSync(this.socket) && !faultOf(this.folder)) return;
    this.server?.close();
    try {
      this.listen()
        .once('listening', () => (this.hindrance = ''))
        .on('error', (error) => this.log(error));
    } catch (error) {
      this.log(error);
    }
  }

  /** Takes away its socket, and its folder unless another process needs it. */
  close(): void {
    this.server?.close();
    removeFolder(this.folder);
  }

  private get socket(): string {
    return path.join(this.folder, socketName(this.build));
  }

  private log(error: unknown): void {
    if (String(error) === this.hindrance) return;
    this.hindrance = String(error);
    console.error(error);
  }
}
