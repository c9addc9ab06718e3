import { parseArgs } from 'node:util';
import { runMocha } from './runMocha';

/** The entry of a test process: `node main.js [--grep=] [--timeout=] [--results=] FILE...`. */
async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { grep: { type: 'string' }, timeout: { type: 'string' }, results: { type: 'string' } },
  });
  const counts = await runMocha({
    files: positionals,
    grep: values.grep,
    results: values.results,
    timeoutMs: Number(values.timeout ?? 10_000),
  });
  // A test that leaves a handle open must not keep the run from ending; the counts are on disk by now.
  process.exit(counts.failed > 0 ? 1 : 0);
}

void main();
