import { appendFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'node:util';
import { runMocha } from '../harness/runMocha';

/** VS Code's entry to a test suite: called in the extension host; its rejection makes the exit code. */
export async function run(): Promise<void> {
  const files = readdirSync(__dirname).filter((name) => name.endsWith('.test.js'));
  const counts = await runMocha({
    files: files.sort().map((name) => join(__dirname, name)),
    grep: process.env.ANTON_GREP,
    results: process.env.ANTON_RESULTS ?? join(__dirname, 'results.json'),
    timeoutMs: 60_000,
    print: printer(process.env.ANTON_OUTPUT),
  });
  if (counts.failed > 0) throw new Error(`${counts.failed} of ${counts.passed + counts.failed} tests failed`);
}

/** The extension host's console goes through the workbench, which mixes its own log in; a file is ours alone. */
function printer(file: string | undefined): ((...args: unknown[]) => void) | undefined {
  if (file === undefined) return undefined;
  const print = (...args: unknown[]): void => {
    appendFileSync(file, `${format(...args)}\n`);
  };
  console.log = print;
  console.error = print;
  return print;
}
