import * as nodePty from 'node-pty';
import type { IPty } from 'node-pty';
import { PtyWriter } from './ptyWriter';

/** A pty that is open already: the master's descriptor and the first process on its other side. */
export interface OpenPty {
  readonly fd: number;
  readonly pid: number;
}

/** node-pty's object around a pty that it did not open. */
export interface AdoptedPty {
  readonly pty: IPty;
  /** Closes the master, which hangs up: SIGHUP to the session's leader and its foreground processes (tty_ioctl(4)). */
  hangUp(): void;
  /** True while output has been read that nobody has been told of, because the pty is paused. */
  holdsBack(): boolean;
}

/** What node-pty's object is made of, as far as this file uses it. */
interface Inside {
  _writeStream?: { write(data: string | Buffer): void; dispose(): void };
  readonly _socket?: { readonly readableLength: number };
  destroy?(): void;
}

type Fork = (...args: readonly unknown[]) => { fd: number; pid: number; pty: string };

/** Position of the `onexit` callback among the arguments of node-pty's native fork. */
const onExitArgument = 10;

let adopting: OpenPty | undefined;
let installed = false;

/**
 * node-pty has no public way to wrap a pty that exists: its `open()` has no write queue and reads the slave's side
 * too. So `spawn()` is called as ever, and the native `fork` below it hands out what is there. The version is pinned
 * in package.json for this.
 * @throws Error if node-pty's inside is not what this file knows.
 */
export function adoptPty(open: OpenPty, columns: number, rows: number): AdoptedPty {
  prepareNodePty();
  adopting = open;
  try {
    // Without a cwd node-pty would ask for this process's own, which may have been removed.
    const pty = nodePty.spawn('adopted', [], { cols: columns, rows, cwd: '/', env: {}, encoding: 'utf8' });
    const inside = pty as unknown as Inside;
    const socket = inside._socket;
    const destroy = inside.destroy?.bind(pty);
    if (pty.pid !== open.pid || !inside._writeStream || !socket || !destroy) {
      throw new Error('node-pty did not take the pty it was given');
    }
    inside._writeStream = new PtyWriter(open.fd);
    // node-pty would signal the PID when the master is closed, and it may be another's by then.
    pty.kill = () => undefined;
    return { pty, hangUp: destroy, holdsBack: () => socket.readableLength > 0 };
  } finally {
    adopting = undefined;
  }
}

/** @throws Error if node-pty's inside is not what this file knows: before anything is started, that is. */
export function prepareNodePty(): void {
  if (installed) return;
  const native = (nodePty as unknown as { native?: { fork?: Fork } }).native;
  const original = native?.fork;
  if (!native || typeof original !== 'function') throw new Error("node-pty's native module has no fork");
  native.fork = (...args) => {
    const open = adopting;
    if (!open) return original(...args);
    const callback = args[onExitArgument];
    if (args.length !== onExitArgument + 1 || typeof callback !== 'function') {
      throw new Error("node-pty's native fork takes other arguments now");
    }
    return { ...open, pty: '' };
  };
  installed = true;
}
