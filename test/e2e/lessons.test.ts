import * as assert from 'node:assert/strict';
import { Workbench } from './workbench';

/** A lesson, taken as a student would. */
describe('a lesson in the workbench', () => {
  let bench: Workbench;

  before(async () => {
    bench = await Workbench.open({
      size: { width: 1400, height: 1100 },
      theme: 'Default Dark Modern',
      settings: { 'anton.keepTerminals': 10 },
    });
    await bench.openSidebar();
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await bench.screenshot(`failed ${this.currentTest.title}`);
  });
  after(() => bench.close());

  const page = () => bench.lessonPage();
  const panel = () =>
    bench.page
      .frameLocator(':not(.webview-overlay-outer-right) > iframe.webview[src*="anton-runtime.anton"]')
      .frameLocator('#active-frame');

  it('opens from the view of the lessons, which are fourteen', async () => {
    await bench.view('Lessons').locator('.pane-header').click();
    const rows = bench.view('Lessons').locator('.monaco-list-row');
    await rows.first().waitFor();
    assert.equal(await rows.first().getAttribute('aria-setsize'), '14');
    await rows.filter({ hasText: 'Lesson 1' }).first().click();
    await page().locator('h1').waitFor();
    await page().locator('.task').first().waitFor();
    await bench.screenshot('lesson-dark');
  });

  it('its commands are typed into its terminal, and its tasks are seen to be done', async () => {
    assert.equal(await page().locator('.task.done').count(), 0);
    await page().locator('.command button').first().click();
    await page().locator('.task.done').first().waitFor({ timeout: 20_000 });
    await bench.screenshot('lesson-done');
  });

  it('turns the side panel to what a command shows', async () => {
    await panel().locator('header', { hasText: 'process' }).waitFor({ timeout: 20_000 });
    await bench.screenshot('lesson-picture');
  });

  it('lets a single task be done again, which counts once it was undone', async () => {
    const first = page().locator('.task').first();
    await page().getByRole('button', { name: 'Do task 1 again' }).click();
    await first.getByText('still holds from before').waitFor();
    await bench.screenshot('lesson-again');
  });

  it('has a label for screen readers in each row of its view, which says how far one has come', async () => {
    const rows = bench.view('Lessons').locator('.monaco-list-row');
    const labels = await rows.evaluateAll((nodes) => nodes.map((node) => node.getAttribute('aria-label')));
    assert.ok(labels.length > 2);
    for (const label of labels) assert.match(label ?? '', /^Lesson \d+: .+, \d of \d tasks done$/);
  });

  it('can be taken with the keyboard alone', async () => {
    const { keyboard } = bench.page;
    await chooseByKeyboard('Lesson 0');
    await keyboard.press('Enter');
    await page().locator('h1', { hasText: 'Lesson 0' }).waitFor();
    await page().locator('.task').first().waitFor();
    await focusButton('Run sleep infinity &');
    await keyboard.press('Enter');
    await page().locator('.task.done').first().waitFor({ timeout: 20_000 });
    await focusButton('Run kill');
    await keyboard.press('Enter');
    await page().locator('.task.done').nth(1).waitFor({ timeout: 20_000 });
    await focusButton('Do task 1 again');
    await bench.screenshot('lesson-keyboard');
    await keyboard.press('Space');
    await page().locator('.task.open').first().waitFor();
  });

  /** Opens the list of lessons and filters it to one. */
  async function chooseByKeyboard(lesson: string): Promise<void> {
    await bench.useList('Anton: Open Lesson...', async (rows, timeout) => {
      await rows.filter({ hasText: 'Lesson 13' }).waitFor({ timeout });
      await bench.type(lesson);
      await rows.and(bench.page.locator('.focused')).filter({ hasText: lesson }).waitFor({ timeout });
    });
  }

  /** Presses Tab until a button whose spoken label begins so has the focus. */
  async function focusButton(label: string): Promise<void> {
    const focused = page().locator(`button[aria-label^="${label}"]:focus`);
    for (let presses = 0; presses < 40 && (await focused.count()) === 0; presses++)
      await bench.page.keyboard.press('Tab');
    await focused.waitFor({ timeout: 1000 });
  }

  it('is there again after a reload, with its terminals and what was done', async () => {
    await page().locator('.task.done').first().waitFor();
    const tabs = () => bench.page.locator('.terminal-tabs-entry', { hasText: 'Anton' });
    const before = await tabs().count();
    // The editor writes what is open in it every few seconds, and not all of it on its way out.
    await bench.page.waitForTimeout(12_000);
    await bench.page.reload();
    await page().locator('h1', { hasText: 'Lesson 0' }).waitFor({ timeout: 60_000 });
    await tabs()
      .nth(before - 1)
      .waitFor({ timeout: 60_000 });
    await page().getByRole('button', { name: 'Run sleep infinity &' }).click();
    await page().locator('.task.done').nth(1).waitFor({ timeout: 20_000 });
    assert.equal(await tabs().count(), before);
    await bench.screenshot('lesson-restored');
    await bench.endTerminals();
  });

  it('speaks Slovak where that is chosen', async () => {
    await bench.close();
    bench = await Workbench.open({
      size: { width: 1000, height: 1100 },
      theme: 'Default Light Modern',
      settings: { 'anton.language': 'sk' },
    });
    await bench.openSidebar();
    await bench.command('Anton: Open Lesson...');
    await bench.pick('Lekcia 1');
    await page().locator('h1', { hasText: 'Lekcia 1' }).waitFor();
    await page().locator('.task').first().waitFor();
    await bench.screenshot('lesson-light-sk');
    await bench.picture('lesson-sk', bench.page.locator('.part.editor .content'), 0);
    await bench.setTheme('Dark Modern');
    await bench.screenshot('lesson-dark-sk');
  });

  it('is as readable in a light theme in English', async () => {
    bench.setSetting('anton.language', 'en');
    await bench.setTheme('Light Modern');
    await page().locator('h1', { hasText: 'Lesson 1' }).waitFor();
    await bench.screenshot('lesson-light');
  });
});
