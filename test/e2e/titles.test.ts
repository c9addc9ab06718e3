import * as assert from 'node:assert/strict';
import { Workbench } from './workbench';

/** The tab of a terminal says what runs in it, and keeps the name by which Anton calls it. */
describe('titles of terminals', () => {
  let bench: Workbench;

  before(async () => {
    bench = await Workbench.open({ settings: { 'terminal.integrated.tabs.hideCondition': 'never' } });
    await bench.opening(() => bench.command('Anton: New Terminal'));
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await bench.screenshot(`failed ${this.currentTest.title}`);
  });
  after(() => bench.close());

  const tab = (name: RegExp) => bench.page.locator('.terminal-tabs-entry', { hasText: name });

  it('a program that runs is in the title', async () => {
    await tab(/Anton 1$/).waitFor();
    await bench.terminal.run('sleep 1000', /sleep 1000\n?$/);
    await tab(/Anton 1: sleep$/).waitFor();
    await bench.screenshot('title-program');
    await bench.page.keyboard.press('Control+c');
    await tab(/Anton 1$/).waitFor();
  });

  it('a title of the program’s own comes before its name, and goes with it', async () => {
    await bench.terminal.run(`sh -c 'printf "\\033]2;all my tests\\007"; sleep 1000'`, /sleep 1000/);
    await tab(/Anton 1: all my tests$/).waitFor();
    await bench.page.keyboard.press('Control+c');
    await tab(/Anton 1$/).waitFor();
    await bench.terminal.run('sleep 1000', /sleep 1000\n?$/);
    await tab(/Anton 1: sleep$/).waitFor();
    await bench.page.keyboard.press('Control+c');
    await tab(/Anton 1$/).waitFor();
  });

  it('Split opens a second shell beside the first, in the same namespaces', async () => {
    const panes = bench.page.locator('.split-view-view.visible .terminal-split-pane:visible');
    await bench.terminal.run('clear; readlink /proc/self/ns/pid', /^pid:\[\d+\]$/m);
    const namespace = /^pid:\[\d+\]$/m.exec(await bench.terminal.text())?.[0] ?? '';
    await bench.opening(() => bench.page.keyboard.press('Control+Shift+5'));
    await tab(/Anton 1 \+1$/).waitFor();
    assert.equal(await panes.count(), 2);
    await bench.terminal.run('clear; readlink /proc/self/ns/pid; echo $$', /^pid:\[\d+\]$/m);
    assert.ok((await bench.terminal.text()).includes(namespace));
    await bench.screenshot('split');
  });
});
