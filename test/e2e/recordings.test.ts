import * as assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openToAll } from '../harness/openToAll.mjs';
import { Workbench } from './workbench';

/** A lesson on a machine that lacks what it needs: here a program, in every folder of PATH. */
describe('a lesson that this machine cannot do', () => {
  let bench: Workbench;
  let folder: string;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'anton-path-'));
    bench = await Workbench.open({
      size: { width: 1000, height: 1100 },
      theme: 'Default Dark Modern',
      // The editor's server asks the login shell for PATH unless it was started from a command line.
      env: { PATH: pathWithout('ipcmk'), VSCODE_CLI: '1' },
    });
    await bench.openSidebar();
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await bench.screenshot(`failed ${this.currentTest.title}`);
  });
  after(async () => {
    await (bench as Workbench | undefined)?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Folders that stand for those of PATH, without one program. */
  function pathWithout(program: string): string {
    const own = ['/usr/local/bin', '/usr/bin', '/usr/sbin'].map((from, i) => {
      const to = join(folder, String(i));
      mkdirSync(to);
      for (const name of readdirSync(from))
        if (name !== program) symlinkSync(join(from, name), join(to, name));
      return to;
    });
    openToAll(folder);
    return own.join(':');
  }

  it('says what is missing, leaves its tasks out, and shows what was recorded elsewhere', async () => {
    const page = bench.lessonPage();
    await bench.command('Anton: Open Lesson...');
    await bench.pick('Lesson 9');
    await page.locator('h1', { hasText: 'Lesson 9' }).waitFor();
    await page.getByRole('note').filter({ hasText: 'lacks what the lesson needs: ipcmk' }).waitFor();
    await page.locator('.task', { hasText: 'Left out' }).first().waitFor();
    assert.equal(await page.locator('.task.done').count(), 0);
    const recording = page.getByRole('figure', { name: /^Recording from another machine/ });
    await recording.first().scrollIntoViewIfNeeded();
    assert.match((await recording.first().textContent()) ?? '', /anton> unshare -Urui/);
    await bench.screenshot('recording-dark');
    await bench.setTheme('Light Modern');
    await bench.screenshot('recording-light');
  });
});
