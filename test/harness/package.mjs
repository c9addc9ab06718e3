import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from './build.mjs';
import { compilerFor } from './compile.mjs';
import { ensureTools } from './ensure.mjs';
import { main } from './main.mjs';
import { dist, manifest, root } from './paths.mjs';
import { run } from './process.mjs';
import { ensureKoffi, ensureNode24 } from './tools.mjs';
import { checkVsix } from './vsix.mjs';

/**
 * Makes the VSIX of an architecture out of what is in dist/.
 * @param {string} arch
 * @returns {Promise<string>} its path
 */
export async function packVsix(arch) {
  const node = await ensureNode24();
  const file = join(root, `anton-linux-${arch}-${manifest.version}.vsix`);
  const ignore = join(dist, `vscodeignore-${arch}`);
  // The other architecture's binaries may lie beside this one's in dist/.
  writeFileSync(
    ignore,
    readFileSync(join(root, '.vscodeignore'), 'utf8').replaceAll('linux-*', `linux-${arch}`),
  );
  // It needs packages that may have been installed only now.
  const { userReadme } = await import('./userReadme.mjs');
  const readme = join(dist, 'README.md');
  writeFileSync(readme, userReadme(readFileSync(join(root, 'README.md'), 'utf8')));
  rmSync(file, { force: true });
  try {
    const vsce = join(root, 'node_modules', '@vscode', 'vsce', 'vsce');
    const options = [
      ...['--no-dependencies', '--allow-missing-repository', '--no-rewrite-relative-links'],
      ...['--readme-path', relative(root, readme)],
    ];
    await run(
      node,
      [vsce, 'package', ...options, '--target', `linux-${arch}`, '--ignoreFile', ignore, '-o', file],
      {
        cwd: root,
        stdio: ['ignore', 'ignore', 'inherit'],
      },
    );
  } finally {
    rmSync(ignore, { force: true });
    rmSync(readme, { force: true });
  }
  await checkVsix(file);
  return file;
}

/** Packages for this machine's architecture, and for the other one if there is a compiler for it. */
async function command() {
  const { values } = parseArgs({ options: { arch: { type: 'string', multiple: true } } });
  const wanted = values.arch ?? ['x64', 'arm64'].filter((arch) => compilerFor(arch) !== undefined);
  await ensureTools();
  for (const arch of wanted.length > 0 ? wanted : [process.arch]) {
    await build([`--arch=${arch}`], () => ensureKoffi(arch));
    const file = await packVsix(arch);
    process.stdout.write(`${file} (${Math.round(statSync(file).size / 1024)} kB)\n`);
  }
}

main(import.meta.url, command);
