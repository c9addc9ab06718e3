import * as assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Workbench } from './workbench';

/** What a person does with the mouse in VS Code's own terminals works in Anton's. */
describe('the mouse in a terminal', () => {
  let bench: Workbench;

  before(async () => {
    bench = await Workbench.open({ settings: { 'terminal.integrated.copyOnSelection': true } });
    writeFileSync(join(bench.folder, 'notes.txt'), 'first\nsecond\nthird\n', { mode: 0o644 });
    await bench.opening(() => bench.command('Anton: New Terminal'));
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await bench.screenshot(`failed ${this.currentTest.title}`);
  });
  after(() => bench.close());

  it('opens a file of the workspace at the line that is named', async () => {
    await bench.terminal.run('clear; echo "see: notes.txt:2:3"', /^see: notes\.txt:2:3$/m);
    const place = await placeOf(/^see: notes/);
    await bench.page.mouse.move(place.x - 4, place.y);
    await bench.page.keyboard.down('Control');
    await bench.page.mouse.move(place.x, place.y);
    await bench.page.waitForTimeout(1500);
    await bench.page.mouse.click(place.x, place.y);
    await bench.page.keyboard.up('Control');
    await bench.page.locator('.tab[aria-label^="notes.txt"]').waitFor();
    await bench.page.locator('.statusbar-item', { hasText: 'Ln 2, Col 3' }).waitFor();
    await bench.screenshot('link');
  });

  it('copies what is selected, where that is configured', async () => {
    await bench.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    const clipboard = (): Promise<string> => bench.page.evaluate(() => navigator.clipboard.readText());
    await bench.page.evaluate(() => navigator.clipboard.writeText('from before'));
    await bench.terminal.run('clear; echo "see: selected-word"', /^see: selected-word$/m);
    const place = await placeOf(/^see: selected/);
    await bench.page.mouse.dblclick(place.x, place.y);
    await expectEventually(clipboard, 'selected-word');
    await bench.terminal.run('clear', /^anton> ?$/);
  });

  /** In the ninth character of a row, in a font whose characters are all as wide. */
  async function placeOf(text: RegExp): Promise<{ x: number; y: number }> {
    const row = bench.page.locator('.terminal-wrapper.active .xterm-rows > div', { hasText: text });
    const box = await row.first().boundingBox();
    if (!box) throw new Error('the row is not there');
    return { x: box.x + 72, y: box.y + box.height / 2 };
  }

  async function expectEventually(read: () => Promise<string>, expected: string): Promise<void> {
    let found = await read();
    for (let tries = 0; tries < 50 && found !== expected; tries++) {
      await bench.page.waitForTimeout(100);
      found = await read();
    }
    assert.equal(found, expected);
  }

  it('takes the path of a file that is dragged in', async () => {
    await bench.command('View: Show Explorer');
    await bench.terminal.run('clear', /^anton> ?$/);
    const file = bench.page.locator('.explorer-folders-view .monaco-list-row', { hasText: 'notes.txt' });
    await file.dragTo(bench.page.locator('.terminal-wrapper.active'));
    await bench.terminal.waitFor(/^anton> .*\/workspace\/notes\.txt/m);
    await bench.page.keyboard.press('Control+u');
  });
});
