import * as fs from 'node:fs';
import * as net from 'node:net';
import type koffiModule from 'koffi';
import { cloneFlag } from '../../src/kernel/kinds';
import { Failure } from '../../src/kernel/failure';
import { Scanner } from '../../src/kernel/scanner';
import { scanMachine } from '../scanMachine';
import { answer } from './helper';

/** A process for the scan to find: what it is comes as its argument. It prints what it did, and stays. */
const situations: Readonly<Record<string, () => Promise<unknown>>> = {
  /** One of its threads, not the first, is in a UTS namespace of its own. */
  thread: async () => {
    const unshare = bindUnshare();
    return new Promise((resolve) => {
      unshare.async(cloneFlag.uts, (_, result) => {
        resolve(result);
      });
    });
  },
  /** A network namespace is there only by a socket that was made in it. */
  socket: async () => {
    const unshare = bindUnshare();
    const first = unshare(cloneFlag.net);
    const server = net.createServer().listen('\0anton-scan-test');
    await new Promise((resolve) => server.once('listening', resolve));
    return first + unshare(cloneFlag.net);
  },
  /** What a scan from here is limited by, and its own processes. */
  report: async () => {
    const { limits, processes } = await scanMachine();
    const others = processes.filter(({ name }) => name !== 'anton-scan');
    return { limits, pids: others.map(({ pid }) => pid) };
  },
  /** What a scan says where no descriptor is left for it. */
  starved: async () => {
    const opened: number[] = [];
    try {
      for (;;) opened.push(fs.openSync('/dev/null', 'r'));
    } catch {
      return await new Scanner().scan(0).catch((error: unknown) => Failure.of('scan', error, '').code);
    } finally {
      for (const each of opened) fs.closeSync(each);
    }
  },
};

interface Unshare {
  (flags: number): number;
  /** On a thread of koffi's, which stays. */
  async(flags: number, done: (error: unknown, result: number) => void): void;
}

function bindUnshare(): Unshare {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- as in src/kernel
  const koffi = require('koffi') as typeof koffiModule;
  return koffi.load(null).func('int unshare(int flags)') as Unshare;
}

async function main(): Promise<void> {
  answer(await situations[process.argv[2] ?? '']?.());
  setInterval(() => undefined, 1 << 30);
}

void main();
