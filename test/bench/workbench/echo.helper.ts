import { quantile, table } from '../table';
import { Workbench } from '../../e2e/workbench';

const keys = 200;

/** Measures in a real workbench how long it takes from a key to its letter on the screen, and from a reload to all. */
async function main(): Promise<void> {
  const settings = { 'anton.keepTerminals': 10, 'terminal.integrated.enablePersistentSessions': true };
  const bench = await Workbench.open({ settings });
  try {
    const rows: string[][] = [];
    const reloads: string[][] = [];
    const terminals = {
      'built-in terminal': () => openBuiltIn(bench),
      Anton: () => bench.opening(() => bench.command('Anton: New Terminal')),
    };
    for (const [what, open] of Object.entries(terminals)) {
      await open();
      await bench.terminal.focus();
      const values = await echoes(bench);
      rows.push([what, quantile(values, 0.5).toFixed(1), quantile(values, 0.99).toFixed(1)]);
      reloads.push([what, (await timeToComeBack(bench)).toFixed(0)]);
      await bench.command('Terminal: Kill All Terminals');
    }
    process.stdout.write(
      table(`From a key to its letter on the screen (${keys} keys)`, ['', 'p50 ms', 'p99 ms'], rows) +
        table('From a reload to what stood in the terminal', ['', 'ms'], reloads),
    );
    await bench.endTerminals();
  } finally {
    await bench.close();
  }
}

async function openBuiltIn(bench: Workbench): Promise<void> {
  await bench.command('Terminal: Create New Terminal');
  await bench.terminal.waitFor(/\$ ?$/m);
}

/** Times inside the page, so that what drives it is not measured. */
async function echoes(bench: Workbench): Promise<number[]> {
  await bench.page.evaluate(() => {
    const times: number[] = [];
    Object.assign(window, { antonEchoes: times });
    const rows = document.querySelector('.terminal-wrapper.active .xterm-rows');
    let pressed = 0;
    document.addEventListener('keydown', () => (pressed = performance.now()), true);
    if (!rows) throw new Error('there is no terminal');
    const observer = new MutationObserver(() => {
      if (pressed > 0 && rows.textContent.includes('q'.repeat(times.length + 1))) {
        times.push(performance.now() - pressed);
        pressed = 0;
      }
    });
    observer.observe(rows, { childList: true, subtree: true, characterData: true });
  });
  // In portions, each on a line of its own: a long line is drawn in several rows.
  const values: number[] = [];
  for (let i = 0; i < keys; i++) {
    await bench.page.keyboard.press('q');
    await bench.page.waitForTimeout(40);
    if (i % 40 === 39) {
      values.push(
        ...(await bench.page.evaluate(() => {
          const { antonEchoes } = window as unknown as { antonEchoes: number[] };
          return antonEchoes.splice(0);
        })),
      );
      await bench.page.keyboard.press('Control+u');
      await bench.page.waitForTimeout(300);
    }
  }
  return values;
}

async function timeToComeBack(bench: Workbench): Promise<number> {
  await bench.terminal.run('clear; echo it-$((40+2))', /^it-42$/m);
  await bench.page.waitForTimeout(2000);
  const begin = performance.now();
  await bench.page.reload();
  await bench.terminal.waitFor(/^it-42$/m, 60_000);
  return performance.now() - begin;
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
