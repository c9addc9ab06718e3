import * as fs from 'node:fs';
import { Place } from '../native/windows';
import { sleep } from '../native/support';
import { table } from './table';

const count = 30;

/** What a process has in memory for itself alone and its part of what it shares (PSS of smaps_rollup), in MB. */
function memoryOf(pid: number | 'self'): number {
  return Number(/^Pss:\s+(\d+)/m.exec(fs.readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1]) / 1024;
}

/** What terminals cost that do nothing, beside their shells. */
async function main(): Promise<void> {
  const place = new Place();
  const window = place.window();
  const first = await window.shell();
  const host = place.host();
  await sleep(1000);
  const before = memoryOf(host) + memoryOf('self');
  const guards: number[] = [];
  for (let i = 0; i < count; i++) {
    const info = await window.shell();
    if (info.root !== info.pid) guards.push(info.root);
  }
  await sleep(1000);
  const after = memoryOf(host) + memoryOf('self') + guards.reduce((sum, pid) => sum + memoryOf(pid), 0);
  process.stdout.write(
    table(
      `${count} idle terminals`,
      ['', 'MB', 'at most'],
      [
        ['each, beside its shell', ((after - before) / count).toFixed(2), '1'],
        ['the process that keeps them, with one', memoryOf(host).toFixed(0), ''],
      ],
    ),
  );
  await window.runtime.close(first.id);
  await place.remove();
}

void main();
