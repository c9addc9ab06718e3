import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { build } from './build.mjs';
import { ensurePeers } from './ensure.mjs';
import { installForWorkbench } from './e2eLevel.mjs';
import { runInExtensionHost } from './extensionLevel.mjs';
import { main } from './main.mjs';
import { packVsix } from './package.mjs';
import { dist, root } from './paths.mjs';
import { run } from './process.mjs';

/** Builds and runs every benchmark, one after the other: two at a time would measure each other. */
async function bench() {
  await ensurePeers();
  await build(['--tests']);
  const folder = join(dist, 'test', 'bench');
  const files = readdirSync(folder).filter((name) => name.endsWith('.bench.js'));
  for (const file of files.sort()) await run(process.execPath, [join(folder, file)], { cwd: root });
  await runInExtensionHost(undefined, undefined, 'bench/host');
  const env = { ...process.env, ANTON_TEST_USER: 'student', ANTON_EXTENSIONS: await installForWorkbench() };
  const inWorkbench = readdirSync(join(folder, 'workbench')).filter((name) => name.endsWith('.helper.js'));
  for (const file of inWorkbench.sort())
    await run(process.execPath, [join(folder, 'workbench', file)], { cwd: root, env });
  const vsix = await packVsix(process.arch);
  if (existsSync(vsix))
    process.stdout.write(`\nVSIX: ${(statSync(vsix).size / 1024 / 1024).toFixed(2)} MB (at most 3)\n`);
}

main(import.meta.url, bench);
