import { readdirSync, readFileSync } from 'node:fs';
import { table } from '../table';
import { Workbench } from '../../e2e/workbench';

/** Processes beside those of the workbench. */
const crowd = 300;
const seconds = 20;
const rounds = 7;
/** Milliseconds after which an extension host has done with what was opened. */
const settling = 20_000;

/** Measures in a real workbench what it costs to follow the machine, and how soon something new is shown. */
async function main(): Promise<void> {
  const bench = await Workbench.open({ size: { width: 1280, height: 1000 } });
  try {
    await bench.openSidebar();
    await bench.view('All Namespaces').locator('.pane-header').click();
    for (let i = 0; i < 3; i++) await bench.opening(() => bench.command('Anton: New Terminal'));
    await bench.type(`for i in $(seq ${crowd}); do sleep infinity & done 2>/dev/null; clear\n`);
    const host = bench.extensionHost();
    const visible = await load(bench, host);
    await bench.page.locator('.activitybar .action-label[aria-label^="Explorer"]').click();
    const hidden = await load(bench, host);
    await bench.openSidebar();
    const delays: number[] = [];
    for (let i = 1; i <= rounds; i++) delays.push(await timeToSee(bench, i));
    process.stdout.write(
      table(
        `Following a machine with ${crowd} more processes and 3 terminals`,
        ['', '', 'at most'],
        [
          ['extension host and scanner, views visible, % of a core', visible.toFixed(2), ''],
          ['extension host and scanner, no view visible, % of a core', hidden.toFixed(2), ''],
          ['what the views cost, % of a core', (visible - hidden).toFixed(2), '1'],
          ['a new process inside is in the panel after, ms, longest', Math.max(...delays).toFixed(0), '1000'],
        ],
      ),
    );
  } finally {
    await bench.close();
  }
}

/** The part of a core that the extension host and the scanner that it started use, in percent. */
async function load(bench: Workbench, pid: number): Promise<number> {
  await bench.page.waitForTimeout(settling);
  const begin = nanoseconds(pid) + ofScanner(pid);
  await bench.page.waitForTimeout(seconds * 1000);
  return ((nanoseconds(pid) + ofScanner(pid) - begin) / 1e9 / seconds) * 100;
}

/** The time of anton-scan in nanoseconds, in steps of ten million: its threads come and go, and take theirs along. */
function ofScanner(host: number): number {
  const children = readFileSync(`/proc/${host}/task/${host}/children`, 'utf8').trim().split(' ');
  const stats = children.filter(Boolean).map((pid) => readFileSync(`/proc/${pid}/stat`, 'utf8'));
  const fields = stats
    .find((stat) => stat.includes('(anton-scan)'))
    ?.replace(/^.*\) /s, '')
    .split(' ');
  return (Number(fields?.[11] ?? 0) + Number(fields?.[12] ?? 0)) * 1e7;
}

/** The time that a process's threads have run. /proc/PID/stat only counts who runs when the clock ticks. */
function nanoseconds(pid: number): number {
  const tasks = readdirSync(`/proc/${pid}/task`);
  const times = tasks.map((tid) => readFileSync(`/proc/${pid}/task/${tid}/schedstat`, 'utf8').split(' ')[0]);
  return times.reduce((sum, time) => sum + Number(time), 0);
}

async function timeToSee(bench: Workbench, round: number): Promise<number> {
  const name = `seen${round}`;
  await bench.terminal.run(
    `cp /bin/sleep ./${name} 2>/dev/null; clear; echo ok-${round}`,
    new RegExp(`^ok-${round}$`, 'm'),
  );
  await bench.type(`./${name} 600 &`);
  const begin = performance.now();
  await bench.type('\n');
  await bench.inspector().locator('table.processes, .processes', { hasText: name }).first().waitFor();
  return performance.now() - begin;
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
