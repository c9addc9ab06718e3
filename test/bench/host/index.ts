import * as fs from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import * as vscode from 'vscode';
import type { AntonApi } from '../../../src/api';
import { median, table } from '../table';

const terminals = 20;

/** Measures in a real extension host what cannot be measured elsewhere. VS Code's entry, called once. */
export async function run(): Promise<void> {
  fs.appendFileSync(process.env['ANTON_OUTPUT'] ?? '/dev/stdout', await measure());
  // What the harness waits for: that the run came to its end.
  fs.writeFileSync(process.env['ANTON_RESULTS'] ?? '/dev/null', '{"passed":1,"failed":0,"skipped":0}');
}

async function measure(): Promise<string> {
  const extension = vscode.extensions.getExtension<AntonApi>('anton-runtime.anton');
  if (!extension) throw new Error('the extension is not installed');
  const api = await extension.activate();
  const [activation] = performance.getEntriesByName('anton.activate');

  const first = await observe(() => timeToStart(api), 1);
  const peer = await observe(timeToOpenNothing, terminals);
  const later = await observe(() => timeToStart(api), terminals);
  for (const terminal of vscode.window.terminals) terminal.dispose();
  return table(
    `In VS Code ${vscode.version}, extension host of ${Math.round(process.memoryUsage.rss() / 1024 / 1024)} MB`,
    ['', 'ms', 'at most'],
    [
      ['activate()', activation?.duration.toFixed(1) ?? 'not measured', '15'],
      ['request to running shell, first terminal', median(first.values).toFixed(1), ''],
      [
        `request to opened terminal without a process, median of ${terminals}`,
        median(peer.values).toFixed(1),
        '',
      ],
      [`request to running shell, median of ${terminals}`, median(later.values).toFixed(1), ''],
      ['longest turn of the event loop, first terminal', first.longestTurn.toFixed(1), ''],
      ['longest turn, terminals without a process', peer.longestTurn.toFixed(1), ''],
      ['longest turn, later terminals', later.longestTurn.toFixed(1), ''],
    ],
  );
}

/** From the request to a running shell, VS Code's own work of showing a terminal included. */
async function timeToStart(api: AntonApi): Promise<number> {
  const begin = performance.now();
  const terminal = await api.openTerminal({ profile: 'anton' });
  const took = performance.now() - begin;
  terminal.kill();
  await terminal.waitForEnd();
  return took;
}

/** What VS Code itself needs to open a terminal of an extension: nothing runs in it. */
function timeToOpenNothing(): Promise<number> {
  const begin = performance.now();
  return new Promise((resolve) => {
    const terminal = vscode.window.createTerminal({
      name: 'empty',
      pty: {
        onDidWrite: new vscode.EventEmitter<string>().event,
        open: () => {
          resolve(performance.now() - begin);
          terminal.dispose();
        },
        close: () => undefined,
      },
    });
    terminal.show();
  });
}

/** Measures times one after the other, and the longest turn of the event loop meanwhile, in milliseconds. */
async function observe(
  measureOne: () => Promise<number>,
  times: number,
): Promise<{ values: number[]; longestTurn: number }> {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const values: number[] = [];
  for (let i = 0; i < times; i++) values.push(await measureOne());
  delay.disable();
  return { values, longestTurn: delay.max / 1e6 };
}
