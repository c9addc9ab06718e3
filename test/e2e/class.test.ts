import * as assert from 'node:assert/strict';
import {
  chmodSync,
  existsSync,
  chownSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { countOf } from '../../src/lessons/class/roster';
import type { ClassRecord } from '../../src/lessons/class/record';
import { parseRecord } from '../../src/lessons/class/schema';
import { fileNameOf } from '../../src/lessons/class/student';
import { isRoot } from '../harness/paths.mjs';
import { faultyFiles, lesson, makeClassFolder, names, record } from '../unit/classFixture';
import { Workbench } from './workbench';

/** A class of thirty as its teacher sees it, and a student of it in the same window. */
describe('a class in the workbench', () => {
  let bench: Workbench;
  let folder: string;

  const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();

  /** Stuck on three lessons at different checks; every fifth student has left, every seventh is done. */
  function studentAt(name: string, i: number): ClassRecord {
    const passed = i % 7 === 6 ? [true, true, true] : i % 3 === 0 ? [true, true, false] : [true, false, null];
    const check = i % 3 === 0 ? 'map/groups' : 'map/deny';
    const results = lesson({ passed }).results.map((result, j) => ({
      ...result,
      name: `map/${['enter', 'deny', 'groups'][j] ?? ''}`,
      cause:
        result.passed === true
          ? null
          : { rationale: 'Not yet; setgroups: found allow, expected deny', help: null },
    }));
    const open = i % 7 === 6 ? null : { check, since: ago(i % 5 === 4 ? 90 : 1 + 2 * i) };
    const other = lesson({ slug: 'anton/nobody', passed: [true, true], open: null, changed: ago(100) });
    return record(
      { name },
      {
        seen: ago(i % 5 === 4 ? 60 : 0),
        lessons: [lesson({ results, open, changed: ago(1 + 2 * i) }), other],
      },
    );
  }

  before(async () => {
    folder = makeClassFolder(names.map(studentAt));
    chmodSync(folder, 0o1777);
    bench = await Workbench.open({ size: { width: 1280, height: 1200 }, theme: 'Default Dark Modern' });
    // The machine's settings, for the scope is that of the machine.
    bench.setSetting('anton.class.folder', folder, 'Machine');
    bench.setSetting('anton.class.studentName', 'Zuzana Malá', 'Machine');
    await bench.openSidebar();
    await view().waitFor({ timeout: 20_000 });
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await bench.screenshot(`failed ${this.currentTest.title}`);
  });
  after(async () => {
    await bench.close();
    rmSync(folder, { recursive: true });
  });

  const view = () => bench.view('Class');
  const rows = () => view().locator('.monaco-list-row');
  const row = (text: string) => rows().filter({ hasText: text }).first();

  /** Gives the view all the height there is. */
  async function showAlone(): Promise<void> {
    for (const title of ['Terminals', 'Inspector', 'Lessons', 'All Namespaces']) {
      const header = bench.view(title).locator('.pane-header');
      if ((await header.getAttribute('aria-expanded')) === 'true') await header.click();
    }
    const header = view().locator('.pane-header');
    if ((await header.getAttribute('aria-expanded')) !== 'true') await header.click();
  }

  it('shows thirty students, who is stuck the longest first, and every fault with its reason', async () => {
    await showAlone();
    await rows().first().waitFor();
    const count = names.length + faultyFiles.length;
    await view().locator(`.monaco-list-row[aria-setsize="${count}"]`).first().waitFor();
    assert.match((await rows().first().innerText()).replace(/\s+/g, ' '), /stuck 5\d min on “\w+”/);
    await rows().first().click();
    await bench.page.keyboard.press('Enter');
    await bench.page.keyboard.press('ArrowRight');
    await bench.screenshot('class-dark');
    await bench.page.keyboard.press('ArrowLeft');
    await bench.page.keyboard.press('End');
    await row('proto.json').waitFor();
    const texts = await rows().allInnerTexts();
    for (const [file, why] of [
      ['broken.json', 'broken: not JSON'],
      ['fifo.json', 'a named pipe, not opened'],
      ['future.json', 'newer Anton (format 99)'],
      ['huge.json', 'too big: 307200 KiB'],
      ['passwd.json', 'a symbolic link'],
    ] as const)
      assert.ok(
        texts.some((text) => text.includes(file) && text.includes(why)),
        `${file}: ${texts.join('\n')}`,
      );
    await bench.screenshot('class-faults');
  });

  it('shows a task that a student does, soon after it is done', async () => {
    await bench.command('Anton: Open Lesson...');
    await bench.pick('Lesson 1');
    const page = bench.lessonPage();
    await page.locator('.command button').first().click();
    await page.locator('.task.done').first().waitFor({ timeout: 20_000 });
    // The lesson turned to the panel, which takes the room of the rows.
    await bench.collapse('Inspector');
    await row('Zuzana Malá')
      .filter({ hasText: /1\/\d+/ })
      .waitFor({ timeout: 20_000 });
    const name = readdirSync(folder).find((each) => each.includes('zuzana-mala')) ?? '';
    const parsed = parseRecord(readFileSync(join(folder, name)));
    assert.ok('record' in parsed);
    assert.equal(parsed.record.student.uid, bench.uid);
    assert.equal(parsed.record.lessons.length, 1);
    assert.equal(parsed.record.lessons[0] && countOf(parsed.record.lessons[0]).done, 1);
    await bench.setTheme('Light Modern');
    await bench.screenshot('class-light');
    await row('Zuzana Malá').click();
    await bench.page.keyboard.press('Home');
    await bench.picture('class', { x: 0, y: 0, width: 1280, height: 538 });
  });

  it('follows the folder', async () => {
    const eva = record({ name: 'Eva Neskorá' }, { seen: ago(0), lessons: [] });
    writeFileSync(join(folder, fileNameOf(eva.student)), JSON.stringify(eva));
    if (isRoot) {
      // One who says to be root, and is not.
      const mallory = record({ name: 'Mallory' });
      const file = join(folder, fileNameOf(mallory.student));
      writeFileSync(file, JSON.stringify(mallory));
      chownSync(file, 4242, 4242);
    }
    await row('Zuzana Malá').click();
    await bench.page.keyboard.press('End');
    if (isRoot) await row('says it is of uid 0, but belongs to uid 4242').waitFor({ timeout: 20_000 });
    await bench.page.keyboard.press('Home');
    await row('Eva Neskorá').waitFor({ timeout: 20_000 });
  });

  it('is exported as CSV', async () => {
    const target = join(mkdtempSync(join(tmpdir(), 'anton-csv-')), 'class.csv');
    chmodSync(join(target, '..'), 0o777);
    await bench.command('Anton: Export Class as CSV...');
    const input = bench.page.locator('.quick-input-widget:not([inert]) input[type=text]:visible').first();
    await input.waitFor();
    // The dialog writes its own proposal once it has listed the folder, and takes no answer before.
    for (let tries = 0; tries < 20 && !existsSync(target); tries++) {
      await bench.page.waitForTimeout(500);
      if (!(await input.isVisible())) continue;
      if ((await input.inputValue()) !== target) await input.fill(target);
      else await bench.page.keyboard.press('Enter');
    }
    await bench.page.waitForTimeout(500);
    const text = readFileSync(target, 'utf8');
    rmSync(join(target, '..'), { recursive: true });
    assert.ok(text.startsWith('\ufeffname,login,uid,lesson,'));
    const lines = text.trimEnd().split('\r\n');
    assert.ok(lines.some((line) => line.startsWith('Ľubomír Ďurčanský,')));
    assert.ok(lines.some((line) => line.startsWith("'=cmd|calc,")));
    assert.ok(lines.some((line) => line.startsWith('Zuzana Malá,')));
    assert.ok(lines.some((line) => line.endsWith('fifo.json,"a named pipe, not opened"')));
  });

  it('that is missing is told once, and what was to be written comes as soon as it is there', async () => {
    const later = `${folder}-later`;
    bench.setSetting('anton.class.folder', later, 'Machine');
    await bench.command('Anton: Open Lesson...');
    await bench.pick('Lesson 1');
    await bench.page.waitForTimeout(3000);
    const told = (await bench.notifications()).filter((text) => text.includes(later));
    assert.equal(told.length, 1, told.join('\n'));
    assert.match(told[0] ?? '', /does not exist.*mkdir -m 1733/);
    await bench.page.keyboard.press('Escape');
    await bench.screenshot('class-missing');
    const page = bench.lessonPage();
    await page.locator('.task.done').first().waitFor();
    await bench.collapse('Inspector');
    mkdirSync(later);
    chmodSync(later, 0o777);
    try {
      await row('Zuzana Malá').filter({ hasText: '1/3' }).waitFor({ timeout: 30_000 });
      await view().getByText('Students can remove each other’s results here').waitFor();
      await bench.screenshot('class-unprotected');
    } finally {
      rmSync(later, { recursive: true });
    }
  });
});
