import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isRoot } from '../harness/paths.mjs';
import { Workbench } from './workbench';

/** Two code-servers of two users on one machine, as of a teacher and a student. */
describe('a class of two users on one machine', () => {
  let folder: string;
  let teacher: Workbench;
  let student: Workbench;

  before(async function () {
    if (!isRoot) this.skip();
    folder = mkdtempSync(join(tmpdir(), 'anton-class-'));
    chmodSync(folder, 0o1733);
    [teacher, student] = [await Workbench.open({ user: 'root' }), await Workbench.open({ user: 'student' })];
    for (const bench of [teacher, student]) {
      bench.setSetting('anton.class.folder', folder, 'Machine');
      await bench.openSidebar();
      const header = bench.view('Class').locator('.pane-header');
      await header.waitFor({ timeout: 20_000 });
      await bench.view('Inspector').locator('.pane-header').click();
      await header.click();
    }
  });
  afterEach(async function () {
    if (this.currentTest?.state !== 'failed') return;
    await teacher.screenshot(`failed ${this.currentTest.title}, teacher`);
    await student.screenshot(`failed ${this.currentTest.title}, student`);
  });
  after(async () => {
    if (!isRoot) return;
    await teacher.close();
    await student.close();
    rmSync(folder, { recursive: true });
  });

  it('begins with an empty view that says how it fills', async () => {
    await teacher.view('Class').getByText('No student’s results are in the class folder yet').waitFor();
    await teacher.screenshot('class-empty');
  });

  it('shows the teacher what the student does, and the student nothing of others', async () => {
    await student.command('Anton: Open Lesson...');
    await student.pick('Lesson 1');
    const page = student.lessonPage();
    await page.locator('.command button').first().click();
    await page.locator('.task.done').first().waitFor({ timeout: 20_000 });
    await student.collapse('Inspector');
    const row = teacher.view('Class').locator('.monaco-list-row', { hasText: 'student' });
    await row.filter({ hasText: '1/3' }).first().waitFor({ timeout: 20_000 });
    await teacher.screenshot('class-teacher');
    await student.view('Class').getByText('Only the teacher may list the class folder').waitFor();
    await student.screenshot('class-student');
  });
});
