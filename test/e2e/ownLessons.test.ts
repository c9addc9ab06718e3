import * as assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Workbench } from './workbench';

/** A lesson that a teacher writes in the workspace. */
describe('a lesson of one’s own in the workbench', () => {
  let bench: Workbench;
  let yaml = '';

  before(async () => {
    bench = await Workbench.open({
      size: { width: 1400, height: 1000 },
      // Else a quote or a bracket that is typed brings its partner along, and a browser saves by itself.
      settings: {
        'files.autoSave': 'off',
        'editor.autoClosingBrackets': 'never',
        'editor.autoClosingQuotes': 'never',
      },
    });
    await bench.openSidebar();
    yaml = join(bench.folder, 'anton-lessons', '01-my-lesson', 'lesson.yaml');
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await bench.screenshot(`failed ${this.currentTest.title}`);
  });
  after(() => bench.close());

  const page = () => bench.lessonPage();
  const input = () => bench.page.locator('.quick-input-widget input').first();

  /** Opens a file of the lesson by its name. */
  async function edit(name: string): Promise<void> {
    await bench.page.keyboard.press('Control+P');
    await input().fill(name);
    await bench.page.locator('.quick-input-widget .monaco-list-row', { hasText: name }).first().click();
    await bench.page.locator('.tab.active', { hasText: name }).waitFor();
    await bench.page.locator('.editor-group-container.active .monaco-editor .view-line').first().click();
  }

  it('begins from a template, whose files are open and whose page stands beside', async () => {
    await bench.command('Anton: New Lesson...');
    await input().fill('My Lesson');
    await bench.page.keyboard.press('Enter');
    await bench.page.locator('.quick-input-widget', { hasText: 'A short name' }).waitFor();
    assert.equal(await input().inputValue(), 'my-lesson');
    await bench.page.keyboard.press('Enter');
    await page().locator('h1', { hasText: 'My Lesson' }).waitFor();
    await page().locator('.task').waitFor();
    assert.ok(existsSync(yaml));
    await bench.page.locator('.tab', { hasText: 'lesson.yaml' }).waitFor();
    await bench.view('Lessons').locator('.pane-header').click();
    const rows = bench.view('Lessons').locator('.monaco-list-row');
    await rows.first().waitFor();
    await rows.filter({ hasText: 'My Lesson' }).waitFor();
    assert.equal(await rows.first().getAttribute('aria-label'), 'In This Workspace anton-lessons');
    await bench.screenshot('own-lesson-new');
  });

  it('follows what is written, before it is saved', async () => {
    await edit('lesson.en.md');
    await bench.page.keyboard.press('Control+Home');
    await bench.page.keyboard.press('End');
    await bench.type(' about files');
    await page().locator('h1', { hasText: 'My Lesson about files' }).waitFor();
    assert.match(readFileSync(yaml.replace('lesson.yaml', 'lesson.en.md'), 'utf8'), /^# My Lesson\n/);
  });

  it('has its faults in the list of problems, with line and words', async () => {
    const before = readFileSync(yaml, 'utf8');
    const line = before.split('\n').findIndex((each) => each.includes('user: own')) + 1;
    writeFileSync(yaml, before.replace('user: own', 'users: own'));
    await bench.command('Problems: Focus on Problems View');
    const row = bench.page.locator('.markers-panel .monaco-list-row', { hasText: 'nobody knows users here' });
    await row.waitFor();
    assert.match(await row.innerText(), new RegExp(`Ln ${line}, Col 5`));
    await page()
      .locator('[role=alert]', { hasText: `lesson.yaml:${line}` })
      .waitFor();
    await bench.screenshot('own-lesson-problem');
    writeFileSync(yaml, before);
    await row.waitFor({ state: 'detached' });
    assert.equal(await page().locator('[role=alert]').count(), 0);
  });

  it('is completed with the facts that there are', async () => {
    await edit('lesson.yaml');
    await bench.page.keyboard.press('Control+End');
    await bench.type('  - id: second\n  check: { process: { ');
    await bench.page.keyboard.press('Control+Space');
    await bench.page.locator('.suggest-widget .monaco-list-row', { hasText: 'uidMap' }).waitFor();
    await bench.screenshot('own-lesson-completion');
  });
});
