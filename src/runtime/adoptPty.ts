import * as nodePty from 'node-pty';
import type { IPty } from 'node-pty';

/** A pty that is open already: the master's descriptor and the first process on its other side. */
export interface OpenPty {
  readonly fd: number;
  readonly pid: number;
}

/** node-pty's object around a pty that it did not open. */
export interface AdoptedPty {
  readonly pty: IPty;
  /** Ends the object's life as node-pty's own fork would when the process exits. */
  readonly exited: () => void;
}

type Fork = (...args: readonly unknown[]) => { fd: number; pid: number; pty: string };

/** Position of the `onexit` callback among the arguments of node-pty's native fork. */
const onExitArgument = 10;

let adopting: OpenPty | undefined;
let onExit: (() => void) | undefined;
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
    const pty = nodePty.spawn('adopted', [], { cols: columns, rows, env: {}, encoding: 'utf8' });
    const exited = onExit;
    if (pty.pid !== open.pid || !exited) throw new Error('node-pty did not take the pty it was given');
    // Closing the master hangs up. node-pty would then signal the PID as well, which may be another's by then.
    pty.kill = () => undefined;
    return { pty, exited };
  } finally {
    adopting = undefined;
    onExit = undefined;
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
    onExit = () => {
      (callback as (code: number, signal: number) => void)(0, 0);
    };
    return { ...open, pty: '' };
  };
  installed = true;
}
