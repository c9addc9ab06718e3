import * as assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { Workbench } from './workbench';

/** More processes than anybody reads one by one. */
const crowd = 10_000;

/** A shell that makes them: each waits for a line that never comes. */
const makeCrowd =
  `mkfifo never; i=0; while [ $i -lt ${crowd} ]; do (read line <never) & i=$((i+1)); done; ` +
  'sleep 98765 & clear; echo "they are $i"';

describe(`a machine with ${crowd} more processes`, () => {
  let bench: Workbench;

  before(async function () {
    this.timeout(240_000);
    bench = await Workbench.open({ size: { width: 1400, height: 1200 } });
    await bench.openSidebar();
    await bench.view('All Namespaces').locator('.pane-header').click();
    await bench.opening(() => bench.command('Anton: New Terminal'));
    await bench.terminal.focus();
    await bench.type(`sh\n`);
    await bench.type(`${makeCrowd}\n`);
    await bench.terminal.waitFor(new RegExp(`^they are ${crowd}$`, 'm'), 180_000);
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

  /** Opens a row of the tree: by a click and, if the row was drawn anew under the mouse, by the keyboard. */
  const openRow = async (wanted: Locator): Promise<void> => {
    await wanted.click();
    for (let tries = 0; tries < 5; tries++) {
      await bench.page.waitForTimeout(1000);
      if ((await wanted.getAttribute('aria-expanded')) === 'true') return;
      await bench.page.keyboard.press('ArrowRight');
    }
  };

  it('is counted whole, and opened as far as somebody can read', async () => {
    await filter('Anton 1 pid');
    const namespace = row(/^\d{10}\s*Anton 1 · 100\d\d processes/);
    await namespace.waitFor();
    await openRow(namespace);
    await row(/^1 = \d+ bash/).waitFor();
    await bench.page.keyboard.press('End');
    await row(/^95\d\d more/).waitFor();
    await bench.screenshot('crowd');
  });

  it('is filtered to the one process that is looked for', async () => {
    await filter('sleep');
    const found = row(/sleep/);
    await found.waitFor();
    assert.equal(await row(/= \d+ sh$/).count(), 0);
    await bench.screenshot('crowd-filtered');
  });

  it('leaves a terminal that still answers', async () => {
    assert.match(await bench.terminal.run('clear; echo $((6*7))', /^42$/m), /42/);
  });

  it('is gone with its terminal', async () => {
    await filter('Anton 1 pid');
    await bench.command('Anton: Kill');
    await row(/Anton 1/).waitFor({ state: 'detached' });
  });
});
