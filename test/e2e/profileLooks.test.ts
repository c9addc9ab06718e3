import * as assert from 'node:assert/strict';
import { Workbench } from './workbench';

/** Terminals of different profiles are told apart at a glance. */
describe('icons and colours of profiles', () => {
  let bench: Workbench;

  before(async () => {
    bench = await Workbench.open({
      settings: {
        'anton.profiles': {
          lab: {
            extends: 'anton',
            description: 'For the class',
            icon: 'beaker',
            color: 'terminal.ansiBlue',
          },
        },
      },
    });
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await bench.screenshot(`failed ${this.currentTest.title}`);
  });
  after(() => bench.close());

  it('the list of profiles shows them', async () => {
    await bench.command('Anton: New Terminal with Profile...');
    const icon = (name: string) =>
      bench.page.locator('.quick-input-widget .monaco-list-row', { hasText: name }).locator('.codicon');
    await icon('For the class').and(bench.page.locator('.codicon-beaker')).waitFor();
    for (const [words, name] of [
      ['Isolates nothing', 'terminal'],
      ['no mapping yet', 'person'],
      ['root inside', 'shield'],
      ['process 1', 'list-ordered'],
      ['ps lists only', 'package'],
      ['All eight kinds', 'layers'],
    ] as const) {
      await icon(words)
        .and(bench.page.locator(`.codicon-${name}`))
        .waitFor();
    }
    await bench.screenshot('profile-icons-list');
    await bench.page.keyboard.press('Escape');
  });

  it('the tabs of terminals show them', async () => {
    for (const words of ['All eight kinds', 'For the class', 'root inside', 'no mapping yet']) {
      await bench.opening(async () => {
        await bench.command('Anton: New Terminal with Profile...');
        await bench.pick(words);
      });
    }
    const colours = [];
    for (const name of ['layers', 'beaker', 'shield', 'person']) {
      const icon = bench.page.locator(`.terminal-tabs-entry .codicon-${name}`);
      colours.push(await icon.evaluate((node) => getComputedStyle(node).color));
    }
    assert.equal(new Set(colours).size, colours.length, colours.join());
    await bench.screenshot('profile-icons-tabs');
  });
});
