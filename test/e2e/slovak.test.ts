import * as assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import slovak from '../../l10n/bundle.l10n.sk.json';
import { overflowOf, pictureFaults, resizeSidebar, wideTables } from './panelSight';
import { Workbench } from './workbench';

const themes = { dark: 'Dark Modern', light: 'Light Modern' };

/** Anton with anton.language set to Slovak, in a workbench that itself is in English. */
describe('Anton in Slovak', () => {
  let bench: Workbench;

  before(async () => {
    bench = await Workbench.open({
      size: { width: 1200, height: 1800 },
      settings: { 'anton.language': 'sk' },
    });
    await bench.openSidebar();
    await bench.view('Terminály').waitFor();
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await bench.screenshot(`failed ${this.currentTest.title}`);
  });
  after(() => bench.close());

  it('says in Slovak what to do where nothing is yet', async () => {
    await bench.view('Terminály').getByText('Nebeží žiadny izolovaný terminál.').waitFor();
    await bench.view('Terminály').getByRole('button', { name: 'Vybrať profil...' }).waitFor();
    await bench.screenshot('slovak-welcome');
  });

  const row = (view: string, pattern: RegExp) =>
    bench.view(view).locator('.monaco-list-row', { hasText: pattern }).first();

  const open = async (profile: string): Promise<void> => {
    await bench.openProfile(profile);
    await bench
      .inspector()
      .locator('header', { hasText: `profil ${profile}` })
      .waitFor();
    await bench.inspector().locator('.processes .process').first().waitFor();
    await bench.inspector().locator('[data-section=ownership]').waitFor();
  };

  it('the tree of terminals says in Slovak what is the terminal’s own', async () => {
    await open('all');
    await row('Terminály', /^Menné priestory\s*vlastné: 8 z 8$/).waitFor();
    await row('Terminály', /^Používatelia\s*uid: root \(0\) vnútri je vonku vaše uid \(\d+\)$/).waitFor();
    await row('Terminály', /^Procesy\s*\d+$/).waitFor();
  });

  it('the tree of namespaces counts in Slovak', async () => {
    await bench.view('Všetky menné priestory').locator('.pane-header').click();
    await row('Všetky menné priestory', /^user\s*\d+$/).click();
    await bench.page.keyboard.press('ArrowRight');
    await row('Všetky menné priestory', /^\d+\s*hostiteľ · \d+ proces(y|ov)?( |$)/).waitFor();
    await bench.screenshot('slovak-namespaces');
    // Other namespaces carry the commands of other programs, which speak English.
    await bench.command('Anton: Filter Namespaces...');
    await bench.page.locator('.quick-input-widget input').first().fill('Anton 1');
    await bench.page.keyboard.press('Enter');
    await row('Všetky menné priestory', /^user\s*1 z \d+$/).waitFor();
    assert.deepEqual(await englishIn(bench.view('Všetky menné priestory').locator('.monaco-list-rows')), []);
  });

  it('a refused request is explained in Slovak', async () => {
    bench.setSetting('anton.shell', '/no/such/shell', 'Machine');
    await bench.page.waitForTimeout(500);
    await bench.command('Anton: New Terminal');
    await bench.command('Notifications: Show Notifications');
    const told = bench.page.locator('.notifications-center .notification-list-item', {
      hasText: 'Shell /no/such/shell neexistuje.',
    });
    await told.getByRole('button', { name: 'Otvoriť nastavenia' }).waitFor();
    await bench.screenshot('slovak-refused');
    bench.setSetting('anton.shell', '', 'Machine');
    await bench.command('Notifications: Clear All Notifications');
  });

  it('no word of the panel is English, whatever the profile', async () => {
    for (const title of ['Terminály', 'Všetky menné priestory', 'Lekcie']) await bench.collapse(title);
    for (const profile of ['all', 'plain', 'user']) {
      await open(profile);
      assert.deepEqual(await englishIn(bench.inspector().locator('body')), [], profile);
    }
  });

  it('what the kernel refuses is explained in Slovak', async () => {
    const panel = bench.inspector();
    await panel.getByRole('button', { name: 'Zapísať uid_map a gid_map...' }).click();
    await panel.getByLabel('Najprv zapísať deny do setgroups').uncheck();
    await panel.getByRole('button', { name: 'Zapísať', exact: true }).click();
    await panel.locator('.answer', { hasText: 'Jadro odmietlo gid_map: EPERM.' }).waitFor();
    assert.deepEqual(await englishIn(panel.locator('body')), []);
  });

  for (const [name, theme] of Object.entries(themes)) {
    it(`${name}: nothing is cut off in a narrow panel`, async () => {
      await bench.setTheme(theme);
      const panel = bench.inspector();
      if ((await panel.locator('[data-section=compare]').count()) === 0) {
        await bench.command('Anton: Compare with...');
        await bench.pick('kde beží VS Code');
      }
      await panel.locator('[data-section=compare]').waitFor();
      for (const width of [240, 340]) {
        await resizeSidebar(bench, width);
        await bench.page.waitForTimeout(500);
        await panel.locator('header').scrollIntoViewIfNeeded();
        await bench.screenshot(`slovak-${name}-${width}`);
        await panel.locator('.section').last().scrollIntoViewIfNeeded();
        await bench.screenshot(`slovak-${name}-${width}-end`);
        assert.deepEqual(await pictureFaults(panel), []);
        assert.equal(await overflowOf(panel), 0);
        assert.deepEqual(await wideTables(panel), []);
      }
      assert.deepEqual(await englishIn(panel.locator('body')), []);
    });
  }

  it('Check This Machine writes its page in Slovak', async () => {
    await bench.command('Anton: Check This Machine');
    const page = bench.page
      .frameLocator('iframe.webview[src*="markdown-language-features"]')
      .frameLocator('#active-frame');
    await page.locator('h1', { hasText: 'Kontrola tohto počítača' }).waitFor();
    assert.deepEqual(await englishIn(page.locator('body')), []);
    await bench.screenshot('slovak-check-machine');
  });
});

/**
 * The English texts of Anton's that stand in what is shown, or in what is said of it to a screen reader. The buttons of
 * a row are the editor's, and have their titles in its language.
 */
async function englishIn(place: Locator): Promise<string[]> {
  const shown = await place.evaluate((element) =>
    [element, ...element.querySelectorAll(':not(.actions, .actions *)')].flatMap((each) => [
      ...['aria-label', 'title', 'placeholder'].map((name) => each.getAttribute(name) ?? ''),
      ...[...each.childNodes]
        .filter((node) => node.nodeType === 3 && !each.matches('script, style, code, pre, .id'))
        .map((node) => node.textContent ?? ''),
    ]),
  );
  const texts = [...new Set(shown.map((text) => text.replace(/\s+/g, ' ').trim()))].filter(Boolean);
  assert.ok(texts.length > 10, texts.join('\n'));
  return texts.flatMap((text) =>
    english.filter(([, pattern]) => pattern.test(text)).map(([key]) => `${key}: ${text}`),
  );
}

/** English texts that are Slovak words as well, or stand in the commands of processes. */
const ambiguous = ['{0} to {1}', 'no', 'none'];

/** Every English text that differs in Slovak, as whole words wherever they stand, with anything in its holes. */
const english = Object.entries(slovak)
  .filter(
    ([key, text]) =>
      key !== text && !key.endsWith('/few') && !ambiguous.includes(key) && /\p{L}{2}/u.test(key),
  )
  .map(([key]): [string, RegExp] => {
    const parts = key.split(/\{\d\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
    return [key, new RegExp(`(?<![\\p{L}_/])${parts.join('.+')}(?![\\p{L}_/])`, 'u')];
  });
