import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Writable } from 'node:stream';
import { scanMachine } from '../scanMachine';
import { compare, table, type Samples } from './table';

/** Milliseconds between two looks at the event loop; they are part of each delay that is measured. */
const resolution = 1;

interface Crowd {
  end(): Promise<void>;
}

/** As many processes that do nothing: shells that wait for a line which never comes. */
async function crowd(count: number): Promise<Crowd> {
  const script = `i=0; while [ $i -lt ${count} ]; do (read line <&3) & i=$((i+1)); done; echo; read line <&3`;
  const child = spawn('sh', ['-c', script], { stdio: ['ignore', 'pipe', 'inherit', 'pipe'] });
  if (child.stdout) await once(child.stdout, 'data');
  return {
    end: async () => {
      const ended = once(child, 'exit');
      (child.stdio[3] as Writable).end();
      await ended;
    },
  };
}

async function time(what: () => unknown): Promise<number> {
  const begin = performance.now();
  await what();
  return performance.now() - begin;
}

function lsns(): void {
  spawnSync('lsns', ['-J'], { maxBuffer: 1 << 26 });
}

async function measure(count: number, rounds: number): Promise<string> {
  const others = await crowd(count);
  let last = await scanMachine();
  const ways: { what: string; run: () => unknown }[] = [
    { what: 'lsns -J', run: lsns },
    {
      what: 'first snapshot, without what lsns does not look at',
      run: () => scanMachine({ fresh: true, descriptors: false, threads: false }),
    },
    { what: 'first snapshot', run: () => scanMachine({ fresh: true }) },
    { what: 'each snapshot after it', run: async () => (last = await scanMachine({}, last)) },
  ];
  const rows: (Samples & { values: number[] })[] = ways.map(({ what }) => ({ what, values: [] }));
  const delay = monitorEventLoopDelay({ resolution });
  const longest: number[] = [];
  for (let round = 0; round < rounds; round++) {
    for (const [i, { run }] of ways.entries()) {
      delay.enable();
      delay.reset();
      rows[i]?.values.push(await time(run));
      // lsns is waited for without turns.
      if (i > 0) longest[i] = Math.max(longest[i] ?? 0, delay.max / 1e6 - resolution);
      delay.disable();
    }
  }
  await others.end();
  return (
    compare(`Scanning a machine with ${count} more processes (${rounds} rounds)`, rows) +
    table(
      'Longest turn of the event loop meanwhile (at most 5)',
      ['', 'ms'],
      ways.slice(1).map(({ what }, i) => [what, (longest[i + 1] ?? 0).toFixed(1)]),
    )
  );
}

async function main(): Promise<void> {
  await scanMachine();
  process.stdout.write(await measure(1000, 15));
  process.stdout.write(await measure(10_000, 4));
}

void main();
