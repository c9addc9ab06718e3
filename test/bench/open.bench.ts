import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { ProfileName } from '../../src/runtime/profiles';
import { request, sleep } from '../native/support';
import { Place, type TestWindow } from '../native/windows';
import { nodePtyOpens } from './nodePtyOpens';
import { compare, table, type Samples } from './table';

const rounds = 30;
const shell = '/bin/sh';

/** Grows this process to the size of an ordinary extension host: a fork has to copy its page tables. */
const ballast = Array.from({ length: 250 }, () => Buffer.alloc(1024 * 1024, 1));

/** The same peer in a process of its own, as small as the one in which Anton makes its terminals. */
class SmallProcess {
  private readonly child = fork(join(__dirname, 'nodePtyProcess.helper.js'));
  /** Bytes that it has in memory. */
  resident = 0;

  async opens(): Promise<number> {
    this.child.send(shell);
    const [{ took, resident }] = (await once(this.child, 'message')) as [{ took: number; resident: number }];
    this.resident = resident;
    return took;
  }

  end(): void {
    this.child.kill();
  }
}

async function antonOpens(window: TestWindow, profile: ProfileName): Promise<number> {
  const { runtime } = window;
  const begin = performance.now();
  const firstByte = new Promise<number>((resolve) => {
    const subscription = runtime.subscribe((event) => {
      if (event.type !== 'data') return;
      subscription.dispose();
      resolve(performance.now() - begin);
    });
  });
  const info = await runtime.open(request(profile, { shell }));
  const took = await firstByte;
  runtime.kill(info.id);
  await window.end(info.id);
  return took;
}

async function main(): Promise<void> {
  const place = new Place();
  const window = place.window();
  const profiles: ProfileName[] = ['plain', 'user', 'root', 'pid', 'anton', 'all'];
  const peer: Samples & { values: number[] } = { what: "node-pty's own spawn", values: [] };
  const small = new SmallProcess();
  const smallPeer = { what: '', values: [] as number[] };
  const ours = profiles.map((profile) => ({ what: `Anton, ${profile}`, values: [] as number[], profile }));
  const begin = performance.now();
  await antonOpens(window, 'anton');
  const coldStart = performance.now() - begin;
  await nodePtyOpens(shell);
  await small.opens();
  const delay = monitorEventLoopDelay({ resolution: 1 });
  let longest = 0;
  for (let round = 0; round < rounds; round++) {
    peer.values.push(await nodePtyOpens(shell));
    smallPeer.values.push(await small.opens());
    delay.enable();
    delay.reset();
    for (const each of ours) each.values.push(await antonOpens(window, each.profile));
    longest = Math.max(longest, delay.max / 1e6);
    delay.disable();
    await sleep(5);
  }
  const megabytes = (bytes: number): number => Math.round(bytes / 1024 / 1024);
  const resident = megabytes(process.memoryUsage.rss());
  smallPeer.what = `the same in a process of ${megabytes(small.resident)} MB`;
  small.end();
  const compared = compare(
    `Opening ${shell}, to its first byte, in a process of ${resident} MB (${rounds} rounds)`,
    [peer, smallPeer, ...ours],
  );
  const cold = table(
    'The very first terminal starts the process that keeps them',
    ['', 'ms'],
    [
      ['first byte', coldStart.toFixed(2)],
      ['longest turn of the event loop in all rounds after it', longest.toFixed(2)],
    ],
  );
  process.stdout.write(compared + cold);
  ballast.length = 0;
  await place.remove();
}

void main();
