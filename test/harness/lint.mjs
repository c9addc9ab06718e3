import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { cFiles, warnings } from './compile.mjs';
import { ensureCompiler, ensureModules } from './ensure.mjs';
import { main } from './main.mjs';
import { root } from './paths.mjs';
import { exitCode, which } from './process.mjs';

const bin = (/** @type {string} */ name) => join(root, 'node_modules', '.bin', name);

/** Runs every check, also after one has failed, so that a person sees all there is to mend. */
async function lint() {
  await ensureModules();
  await ensureCompiler();
  const headers = readdirSync(join(root, 'native'))
    .filter((name) => name.endsWith('.h'))
    .map((name) => join(root, 'native', name));
  /** @type {[string, string, string[]][]} */
  const checks = [
    ['types', bin('tsc'), ['--noEmit', '-p', root]],
    ['ESLint', bin('eslint'), ['--max-warnings', '0', root]],
    ['formatting', bin('prettier'), ['--check', '--log-level', 'warn', root]],
    ['translations', process.execPath, [join(root, 'test', 'harness', 'texts.mjs')]],
  ];
  for (const compiler of ['cc', 'clang']) {
    if (which(compiler)) {
      checks.push([`${compiler} warnings`, compiler, [...warnings, '-O2', '-fsyntax-only', ...cFiles()]]);
    }
  }
  if (which('clang-format')) {
    checks.push(['C formatting', 'clang-format', ['--dry-run', '-Werror', ...cFiles(), ...headers]]);
  }
  const failed = [];
  for (const [what, command, args] of checks) {
    if ((await exitCode(command, args, { cwd: root })) !== 0) failed.push(what);
  }
  if (failed.length > 0) throw new Error(`Failed: ${failed.join(', ')}`);
  process.stdout.write(`Clean: ${checks.map(([what]) => what).join(', ')}\n`);
}

main(import.meta.url, lint);
