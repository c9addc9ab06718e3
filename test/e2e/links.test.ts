import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Workbench } from './workbench';

/** What a person does with the mouse in VS Code's own terminals works in Anton's. */
describe('the mouse in a terminal', () => {
  let bench: Workbench;

  before(async () => {
    bench = await Workbench.open();
    writeFileSync(join(bench.folder, 'notes.txt'), 'first\nsecond\nthird\n', { mode: 0o644 });
    await bench.opening(() => bench.command('Anton: New Terminal'));
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await bench.screenshot(`failed ${this.currentTest.title}`);
  });
  after(() => bench.close());

  it('opens a file of the workspace at the line that is named', async () => {
    await bench.terminal.run('clear; echo "see: notes.txt:2:3"', /^see: notes\.txt:2:3$/m);
    const row = bench.page.locator('.terminal-wrapper.active .xterm-rows > div', { hasText: /^see: notes/ });
    const box = await row.first().boundingBox();
    if (!box) throw new Error('the row is not there');
    // Eight characters from the left, in a font whose characters are all as wide.
    const place = { x: box.x + 72, y: box.y + box.height / 2 };
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

  it('takes the path of a file that is dragged in', async () => {
    await bench.command('View: Show Explorer');
    await bench.terminal.run('clear', /^anton> ?$/);
    const file = bench.page.locator('.explorer-folders-view .monaco-list-row', { hasText: 'notes.txt' });
    await file.dragTo(bench.page.locator('.terminal-wrapper.active'));
    await bench.terminal.waitFor(/^anton> .*\/workspace\/notes\.txt/m);
    await bench.page.keyboard.press('Control+u');
  });
});
