import * as assert from 'node:assert/strict';
import { Workbench } from './workbench';

const themes = {
  dark: 'Dark Modern',
  light: 'Light Modern',
  'high-contrast': 'Dark High Contrast',
};

/** The tree of all namespaces of this machine, and the panel's sections about them. */
describe('the namespaces of this machine', () => {
  let bench: Workbench;

  before(async () => {
    bench = await Workbench.open({ size: { width: 1400, height: 1500 } });
    await bench.openSidebar();
    await bench.opening(() => bench.command('Anton: New Terminal'));
    await bench.view('All Namespaces').locator('.pane-header').click();
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await bench.screenshot(`failed ${this.currentTest.title}`);
  });
  after(() => bench.close());

  const row = (pattern: RegExp) =>
    bench.view('All Namespaces').locator('.monaco-list-row', { hasText: pattern }).first();

  const filter = async (text: string): Promise<void> => {
    await bench.command('Anton: Filter Namespaces...');
    await bench.page.locator('.quick-input-widget input').first().fill(text);
    await bench.page.keyboard.press('Enter');
  };

  it('are there by kind, the terminal’s own marked by its name', async () => {
    await row(/^user/).waitFor();
    await filter('Anton 1 pid');
    await row(/^\d{10}\s*Anton 1 · \d+ process/).waitFor();
    await bench.screenshot('namespaces-filtered');
  });

  it('a filter that finds nothing leaves nothing, and is taken back', async () => {
    await filter('no such thing as this');
    await row(/^pid/).waitFor({ state: 'detached' });
    await bench.command('Anton: Clear Namespace Filter');
    await row(/^net/).waitFor();
  });

  it('by ownership they are nested, and the terminal’s are in its user namespace', async () => {
    await bench.command('Anton: Arrange Namespaces by Ownership');
    await filter('Anton 1');
    await row(/^user \d{10}\s*Anton 1/).waitFor();
    await row(/^mnt \d{10}\s*Anton 1/).waitFor();
  });

  it('what is selected can be inspected: the panel shows the namespace', async () => {
    const namespace = row(/^mnt \d{10}\s*Anton 1/);
    await namespace.hover();
    await namespace.getByRole('button', { name: 'Inspect' }).click();
    await bench
      .inspector()
      .locator('h1', { hasText: /^mnt \d{10}$/ })
      .waitFor();
    await bench
      .inspector()
      .locator('.box .box', { hasText: /mnt \d{10}/ })
      .waitFor();
  });

  it('two things are compared kind by kind', async () => {
    await bench.command('Anton: Compare with...');
    await bench.pick('The host');
    const differing = bench.inspector().locator('table.compare tr.different');
    await differing.first().waitFor();
    assert.equal(await differing.count(), 5);
  });

  for (const [name, theme] of Object.entries(themes)) {
    it(`${name}: the sections fit the panel`, async () => {
      await bench.setTheme(theme);
      await bench.page.waitForTimeout(700);
      await bench.screenshot(`namespaces-${name}`);
      await bench.inspector().locator('.box').first().scrollIntoViewIfNeeded();
      await bench.screenshot(`ownership-${name}`);
      if (name === 'light')
        await bench.picture('ownership', bench.inspector().locator('[data-section=ownership]'));
      const overflow = await bench
        .inspector()
        .locator('body')
        .evaluate(({ ownerDocument: { documentElement: page } }) => page.scrollWidth > page.clientWidth);
      assert.equal(overflow, false);
    });
  }

  it('a process is inspected by its name', async () => {
    await bench.command('Anton: Inspect Process...');
    await bench.pick('bash');
    await bench
      .inspector()
      .locator('h1', { hasText: /^bash, process \d+$/ })
      .waitFor();
    await bench.screenshot('inspect-process');
  });

  it('a terminal opens in a namespace', async () => {
    await bench.opening(async () => {
      const namespace = row(/^mnt \d{10}\s*Anton 1/);
      await namespace.hover();
      await namespace.getByRole('button', { name: 'Open Terminal Inside' }).click();
    });
    await bench.terminal.run('clear; id -u', /^0$/m);
  });
});
