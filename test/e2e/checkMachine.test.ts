import * as assert from 'node:assert/strict';
import { Workbench } from './workbench';

describe('Check This Machine', () => {
  let bench: Workbench;

  before(async () => {
    bench = await Workbench.open({ size: { width: 1280, height: 1000 } });
  });
  after(() => bench.close());

  const document = () =>
    bench.page
      .frameLocator('iframe.webview[src*="markdown-language-features"]')
      .frameLocator('#active-frame');

  it('shows what works in the first lines of a rendered document', async () => {
    await bench.command('Anton: Check This Machine');
    await document().locator('h1', { hasText: 'Check This Machine' }).waitFor();
    const summary = await document().locator('p strong').first().innerText();
    assert.match(summary, /^\d+ of 16 work\. The default profile, anton, works here\.$/);
    assert.equal(await document().locator('table').first().locator('tbody tr').count(), 16);
  });

  for (const [name, theme] of Object.entries({ dark: 'Dark Modern', light: 'Light Modern' })) {
    it(`${name}: every table fits its width`, async () => {
      await bench.setTheme(theme);
      await bench.page.waitForTimeout(1000);
      await bench.screenshot(`check-machine-${name}`);
      const overflows = await document()
        .locator('body')
        .evaluate(
          (body) =>
            body.ownerDocument.documentElement.scrollWidth > body.ownerDocument.documentElement.clientWidth,
        );
      assert.equal(overflows, false);
    });
  }

  it('gives a cause and a remedy for each that does not work', async () => {
    const text = await document().locator('body').innerText();
    const failing = (text.match(/^✗/gm) ?? []).length;
    const untried = (text.match(/^– not tried/gm) ?? []).length;
    const causes = (text.match(/Likely cause:/g) ?? []).length;
    assert.ok(causes <= failing && (causes > 0 || failing + untried === 0), text);
    await document().locator('h2').last().scrollIntoViewIfNeeded();
    await bench.screenshot('check-machine-facts');
  });

  it('checks again from the title of the editor', async () => {
    const checked = document().locator('p', { hasText: 'Checked' });
    const before = await checked.innerText();
    const button = bench.page.locator('.editor-actions .action-label[aria-label^="Check This Machine"]');
    for (let tries = 0; tries < 20 && (await checked.innerText()) === before; tries++) {
      await button.click();
      await bench.page.waitForTimeout(1000);
    }
    assert.notEqual(await checked.innerText(), before);
  });
});
