import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compare, type Samples, table } from '../table';
import { memoryOf } from '../../e2e/processes';
import { Workbench } from '../../e2e/workbench';

const megabytes = 30;
const rounds = { shown: 3, heard: 15 };

/** Measures in a real workbench how fast output is shown, and how soon Ctrl-C is heard under a flood. */
async function main(): Promise<void> {
  const bench = await Workbench.open({ settings: { 'terminal.integrated.scrollback': 1000 } });
  try {
    const file = join(bench.folder, 'flood.txt');
    const bytes = randomBytes((megabytes * 1024 * 1024 * 3) / 4).toString('base64');
    writeFileSync(file, bytes.replace(/.{76}/g, '$&\n'), { mode: 0o644 });
    const terminals = {
      'built-in terminal': () => openBuiltIn(bench),
      Anton: () => bench.opening(() => bench.command('Anton: New Terminal')),
    };
    const shown: Samples[] = [];
    const heard: Samples[] = [];
    const growth: string[][] = [];
    const host = bench.extensionHost();
    for (const [what, open] of Object.entries(terminals)) {
      await open();
      await timeToShow(bench, file);
      const watch = watchMemory(host);
      shown.push({ what, values: await repeat(rounds.shown, () => timeToShow(bench, file)) });
      growth.push([what, watch.stop().toFixed(1), what === 'Anton' ? '32' : '']);
      heard.push({ what, values: await repeat(rounds.heard, () => timeToInterrupt(bench)) });
    }
    process.stdout.write(
      compare(`${megabytes} MB of text until all of it is shown (${rounds.shown} rounds)`, shown) +
        compare(`Ctrl-C under yes until the prompt is back (${rounds.heard} rounds)`, heard) +
        table('Growth of the extension host in that flood', ['', 'MB', 'at most'], growth),
    );
  } finally {
    await bench.close();
  }
}

/** How much a process grows, at its largest, from now on; in MB. */
function watchMemory(pid: number): { stop(): number } {
  const before = memoryOf(pid);
  let most = before;
  const timer = setInterval(() => (most = Math.max(most, memoryOf(pid))), 20);
  return {
    stop: () => {
      clearInterval(timer);
      return most - before;
    },
  };
}

async function openBuiltIn(bench: Workbench): Promise<void> {
  await bench.command('Terminal: Create New Terminal');
  await bench.terminal.waitFor(/\$ ?$/m);
}

async function repeat(rounds: number, measure: () => Promise<number>): Promise<number[]> {
  const values: number[] = [];
  for (let i = 0; i < rounds; i++) values.push(await measure());
  return values;
}

let count = 0;

async function timeToShow(bench: Workbench, file: string): Promise<number> {
  await bench.terminal.focus();
  const round = ++count;
  await bench.type(`clear; cat ${file}; echo; echo the-$((${round}+1))-end`);
  return await timeFromKey(bench, 'Enter', new RegExp(`^the-${round + 1}-end$`, 'm'));
}

async function timeToInterrupt(bench: Workbench): Promise<number> {
  await bench.terminal.focus();
  await bench.type('clear; yes\n');
  await bench.terminal.waitFor(/^y$/m);
  await bench.page.waitForTimeout(2000);
  return await timeFromKey(bench, 'Control+c', /\^C\n+.*[$>] ?$/);
}

/**
 * From a key to what the terminal shows then, in milliseconds. Looked for inside the page and now and then, so that what
 * drives it is hardly measured.
 */
async function timeFromKey(bench: Workbench, key: string, pattern: RegExp): Promise<number> {
  const time = await bench.page.evaluateHandle((wanted) => {
    const shown = '.terminal-wrapper.active .xterm-rows:not(.terminal-sticky-scroll .xterm-rows)';
    const rows = [...document.querySelectorAll(shown)].at(-1);
    const text = (): string =>
      Array.from(rows?.children ?? [], ({ textContent }) => textContent.replace(/\u00a0/g, ' ').trimEnd())
        .join('\n')
        .trimEnd();
    return {
      passed: new Promise<number>((resolve, reject) => {
        const begin = (): void => {
          const pressed = performance.now();
          const timer = setInterval(() => {
            const took = performance.now() - pressed;
            const isShown = wanted.test(text());
            if (!isShown && took < 120_000) return;
            clearInterval(timer);
            if (isShown) resolve(took);
            else reject(new Error(`The terminal does not show ${String(wanted)}:\n${text()}`));
          }, 20);
        };
        document.addEventListener('keydown', begin, { capture: true, once: true });
      }),
    };
  }, pattern);
  await bench.page.keyboard.press(key);
  return await time.evaluate(({ passed }) => passed);
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
