import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { atExit } from './atExit.mjs';
import { ensureBrowser } from './ensure.mjs';
import { installVsix } from './installVsix.mjs';
import { mochaArgs, readCounts, resultsFile, testFiles } from './levels.mjs';
import { onceMore } from './onceMore.mjs';
import { packVsix } from './package.mjs';
import { dist, isRoot, root } from './paths.mjs';
import { exitCode } from './process.mjs';
import { ensureCodeServer } from './tools.mjs';

/**
 * Runs the tests that drive a workbench in a browser. Its server is an ordinary user's; files named *.both.test.ts run
 * again on one of root's.
 * @param {string | undefined} user
 * @param {string | undefined} grep
 * @returns {Promise<(import('./levels.mjs').Counts | undefined)[]>}
 */
export async function runInWorkbench(user, grep) {
  const extensions = await installForWorkbench();
  const all = [];
  for (const { as, files } of rounds(user))
    for (const file of files)
      all.push(
        await onceMore(`${basename(file)} as ${as}`, async () => {
          const results = resultsFile('e2e', as);
          await exitCode(process.execPath, mochaArgs(dist, [file], results, { grep, timeoutMs: 120_000 }), {
            cwd: root,
            env: { ...process.env, ANTON_TEST_USER: as, ANTON_EXTENSIONS: extensions },
          });
          return readCounts(results);
        }),
      );
  return all;
}

/** @param {string | undefined} user */
function rounds(user) {
  const files = testFiles('e2e');
  if (!isRoot) return [{ as: 'self', files }];
  const both = files.filter((file) => file.endsWith('.both.test.js'));
  const all = [
    { as: 'student', files },
    { as: 'root', files: user === 'root' ? files : both },
  ];
  return all.filter((round) => round.files.length > 0 && (user === undefined || user === round.as));
}

/** Installs Anton once; each workbench takes a copy. Resolves to the folder that it is installed in. */
export async function installForWorkbench() {
  await ensureCodeServer();
  await ensureBrowser();
  const folder = mkdtempSync(join(tmpdir(), 'anton-e2e-'));
  atExit(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  const extensions = join(folder, 'extensions');
  await installVsix(await packVsix(process.arch), extensions, join(folder, 'data'));
  return extensions;
}
