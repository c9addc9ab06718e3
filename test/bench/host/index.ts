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

  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const first = await timeToStart(api);
  const longestFirst = delay.max / 1e6;
  delay.reset();
  const later: number[] = [];
  for (let i = 0; i < terminals; i++) later.push(await timeToStart(api));
  const longestLater = delay.max / 1e6;
  delay.disable();
  for (const terminal of vscode.window.terminals) terminal.dispose();
  return table(
    `In VS Code ${vscode.version}, extension host of ${Math.round(process.memoryUsage.rss() / 1024 / 1024)} MB`,
    ['', 'ms', 'at most'],
    [
      ['activate()', activation?.duration.toFixed(1) ?? 'not measured', '15'],
      ['command to running shell, first terminal', first.toFixed(1), ''],
      [`command to running shell, median of ${terminals}`, median(later).toFixed(1), ''],
      ['longest turn of the event loop, first terminal', longestFirst.toFixed(1), ''],
      ['longest turn of the event loop, later ones', longestLater.toFixed(1), ''],
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
