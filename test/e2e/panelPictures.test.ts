import * as assert from 'node:assert/strict';
import { chownSync, copyFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isRoot } from '../harness/paths.mjs';
import { overflowOf, pictureFaults, resizeSidebar, wholeSections, wideTables } from './panelSight';
import { Workbench } from './workbench';

const size = { width: 1280, height: 2000 };
const profiles = ['plain', 'user', 'root', 'pid', 'anton', 'all', 'ranges'];

/** What a person sees of each profile in the side panel, drawn by a real browser. */
describe('the pictures of the panel', () => {
  let bench: Workbench;

  before(async () => {
    bench = await Workbench.open({
      theme: 'Default Dark Modern',
      size,
      settings: { 'anton.profiles': { ranges: { extends: 'anton', map: 'ranges' } } },
    });
    await bench.openSidebar();
    for (const title of ['Terminals', 'All Namespaces', 'Lessons']) await bench.collapse(title);
  });
  after(() => bench.close());

  for (const profile of profiles) {
    it(`${profile}: every text of a picture is whole, and none covers another`, async function () {
      // Without /etc/subuid on the machine there is no place to lend the user a range.
      if (profile === 'ranges' && !existsSync('/etc/subuid')) this.skip();
      if (profile === 'ranges' && bench.user === 'root') this.skip();
      await bench.openProfile(profile);
      const panel = bench.inspector();
      await panel.locator('header', { hasText: `profile ${profile}` }).waitFor();
      await panel.locator('.processes .process').first().waitFor();
      await panel.locator('[data-section=ownership]').waitFor();
      await bench.picture(`panel-${profile}`, await wholeSections(bench));
      assert.deepEqual(await pictureFaults(panel), []);
    });
  }

  it('a file’s owner is drawn through the band, and to nobody where there is none', async () => {
    const panel = bench.inspector();
    const file = join(bench.folder, 'notes.txt');
    writeFileSync(file, 'mine');
    if (isRoot && bench.user !== 'root') chownSync(file, bench.uid, bench.uid);
    await showOwner(bench, file);
    await panel.locator('.file-owner p', { hasText: /notes\.txt belongs to/ }).waitFor();
    await bench.picture('panel-file', panel.locator('[data-section=users]'));
    assert.deepEqual(await pictureFaults(panel), []);
    await panel.getByRole('button', { name: 'Forget the file' }).click();
    await panel.locator('.file-owner p').waitFor({ state: 'detached' });
  });

  it('a file that is dropped on the panel is shown as one that was chosen', async () => {
    const panel = bench.inspector();
    const file = join(bench.folder, 'dropped.txt');
    writeFileSync(file, 'mine', { mode: 0o644 });
    // A pointer that a test moves carries nothing from the explorer; the event is the one that a drop makes.
    await panel.locator('body').evaluate((body, uri) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.setData('text/uri-list', uri);
      const drop = { dataTransfer, bubbles: true, cancelable: true };
      body.dispatchEvent(new DragEvent('dragover', drop));
      body.dispatchEvent(new DragEvent('drop', drop));
    }, `file://${file}`);
    await panel.locator('.file-owner p', { hasText: /dropped\.txt belongs to/ }).waitFor();
    await panel.getByRole('button', { name: 'Forget the file' }).click();
    await panel.locator('.file-owner p').waitFor({ state: 'detached' });
  });

  it('the menu of a section saves it as SVG and as PNG, and copies it as Markdown', async () => {
    for (const format of ['svg', 'png']) {
      const file = join(bench.folder, `users.${format}`);
      await bench.inspector().locator('[data-section=users] .menu').click();
      // A menu takes no click in its first moment.
      await bench.page.waitForTimeout(500);
      await bench.page.getByRole('menuitem', { name: `Save Section as ${format.toUpperCase()}...` }).click();
      await typeFile(bench, file);
      await waitForFile(file);
      const bytes = readFileSync(file);
      if (format === 'svg') {
        const text = bytes.toString('utf8');
        assert.match(text, /^<svg xmlns="http:\/\/www.w3.org\/2000\/svg"/);
        assert.match(text, /uid_map/);
        assert.doesNotMatch(text, /var\(|color\(/);
        copyFileSync(file, join(bench.screenshots, 'docs', 'saved-users.svg'));
      } else assert.equal(bytes.subarray(1, 4).toString('latin1'), 'PNG');
    }
  });

  for (const [name, theme] of Object.entries({ light: 'Light Modern', contrast: 'Dark High Contrast' })) {
    it(`${name}, compared with the host: nothing is cut off, narrow and wide`, async () => {
      await bench.setTheme(theme);
      await bench.command('Anton: Compare with...');
      await bench.page
        .locator('.quick-input-widget .monaco-list-row[aria-label^="The host"]')
        .first()
        .click();
      const panel = bench.inspector();
      await panel.locator('[data-section=compare]').waitFor();
      for (const [room, width] of Object.entries({ narrow: 240, wide: 560 })) {
        await resizeSidebar(bench, width);
        await bench.page.waitForTimeout(500);
        await bench.picture(`panel-${name}-${room}`, await wholeSections(bench));
        assert.deepEqual(await pictureFaults(panel), []);
        assert.equal(await overflowOf(panel), 0);
        assert.deepEqual(await wideTables(panel), []);
      }
    });
  }
});

async function showOwner(bench: Workbench, file: string): Promise<void> {
  await bench.inspector().getByRole('button', { name: 'Show whose a file is...' }).click();
  await typeFile(bench, file);
}

/** Into the workbench's own dialog for files. */
async function typeFile(bench: Workbench, file: string): Promise<void> {
  const input = bench.page.locator('.quick-input-widget:not([inert]) input[type=text]:visible').first();
  await input.waitFor();
  await bench.page.waitForTimeout(300);
  await input.fill(file);
  await bench.page.waitForTimeout(300);
  await bench.page.keyboard.press('Enter');
}

async function waitForFile(file: string): Promise<void> {
  for (let tries = 0; tries < 100 && !(existsSync(file) && readFileSync(file).length > 0); tries++)
    await new Promise((resolve) => setTimeout(resolve, 100));
}
