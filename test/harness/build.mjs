import { join } from 'node:path';
import { ensureCompiler, ensureCrossCompiler, ensureModules } from './ensure.mjs';
import { main } from './main.mjs';
import { root } from './paths.mjs';
import { run } from './process.mjs';

/**
 * Builds what ships, and with `--tests` the tests too, after installing what the build needs.
 * @param {string[]} [options] of esbuild.mjs
 * @param {() => Promise<void>} [prepare] what has to come between node_modules and the build
 */
export async function build(options = [], prepare = async () => {}) {
  const arch =
    options.find((option) => option.startsWith('--arch='))?.slice('--arch='.length) ?? process.arch;
  await ensureModules();
  await ensureCompiler();
  if (arch !== process.arch) await ensureCrossCompiler(arch);
  await prepare();
  await run(process.execPath, [join(root, 'esbuild.mjs'), '--production', ...options], { cwd: root });
}

main(import.meta.url, () => build(process.argv.slice(2)));
