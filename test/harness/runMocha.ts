import { writeFileSync } from 'node:fs';
import Mocha from 'mocha';

export interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

export interface MochaRun {
  files: string[];
  /** Where the counts go as JSON. A run that dies leaves no file, and so cannot pass for one without failures. */
  results?: string | undefined;
  grep?: string | undefined;
  timeoutMs: number;
  /** Where the report goes, line by line; the console if not given. */
  print?: ((...args: unknown[]) => void) | undefined;
}

/** Runs test files in this process and prints them as mocha's spec reporter does. */
export async function runMocha(run: MochaRun): Promise<Counts> {
  const mocha = new Mocha({
    ui: 'bdd',
    reporter: 'spec',
    timeout: run.timeoutMs,
    color:
      process.env.NO_COLOR === undefined && (process.stdout.isTTY || process.env.FORCE_COLOR !== undefined),
    // A stray `it.only` would silently drop every other test.
    forbidOnly: process.env.CI !== undefined,
    ...(run.grep === undefined ? {} : { grep: run.grep }),
  });
  if (run.print) Mocha.reporters.Base.consoleLog = run.print;
  for (const file of run.files) mocha.addFile(file);
  const counts: Counts = { passed: 0, failed: 0, skipped: 0 };
  await new Promise<void>((resolve) => {
    mocha
      .run(() => {
        resolve();
      })
      .on('pass', () => counts.passed++)
      .on('fail', () => counts.failed++)
      .on('pending', () => counts.skipped++);
  });
  if (run.results) writeFileSync(run.results, JSON.stringify(counts));
  return counts;
}
