import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { runMocha } from '../harness/runMocha';

/** VS Code's entry to a test suite: called in the extension host; its rejection makes the exit code. */
export async function run(): Promise<void> {
  const files = readdirSync(__dirname).filter((name) => name.endsWith('.test.js'));
  const counts = await runMocha({
    files: files.sort().map((name) => join(__dirname, name)),
    grep: process.env.ANTON_GREP,
    results: process.env.ANTON_RESULTS ?? join(__dirname, 'results.json'),
    timeoutMs: 60_000,
  });
  if (counts.failed > 0) throw new Error(`${counts.failed} of ${counts.passed + counts.failed} tests failed`);
}
