import * as assert from 'node:assert/strict';
import { Workbench } from './workbench';

const themes = {
  dark: 'Dark Modern',
  light: 'Light Modern',
  'high-contrast': 'Dark High Contrast',
};

/** From nobody to root, written by hand. */
describe('writing uid_map and gid_map', () => {
  let bench: Workbench;

  before(async () => {
    bench = await Workbench.open({ size: { width: 1280, height: 1300 } });
    await bench.openSidebar();
    await bench.opening(async () => {
      await bench.command('Anton: New Terminal with Profile...');
      await bench.pick('no mapping yet');
    });
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await bench.screenshot(`failed ${this.currentTest.title}`);
  });
  after(() => bench.close());

  const field = (label: string) => bench.inspector().getByLabel(label, { exact: true });
  const says = (pattern: RegExp) =>
    bench.inspector().locator('.answer', { hasText: pattern }).waitFor({ timeout: 10_000 });
  const write = () => bench.inspector().getByRole('button', { name: 'Write', exact: true }).click();

  it('the command opens the form, with the focus in its first field and one’s own ids in it', async () => {
    await bench.terminal.run('clear; whoami', /^nobody$/m);
    await bench.command('Anton: Write uid_map and gid_map...');
    const first = field('uid_map, line 1: first id inside');
    await first.waitFor();
    assert.equal(await first.evaluate((each) => each === each.ownerDocument.activeElement), true);
    assert.equal(await field('uid_map, line 1: first id outside').inputValue(), '4242');
    const preview = await bench.inspector().locator('.map-form pre').innerText();
    assert.match(preview, /^echo deny > \/proc\/\d+\/setgroups\necho 0 4242 1 > \/proc\/\d+\/gid_map\n/);
  });

  it('what the kernel refuses is refused by the rule that it breaks', async () => {
    await field('First write deny to setgroups').uncheck();
    await write();
    await says(/The kernel refused gid_map: EPERM[\s\S]*only after deny is written to setgroups/);
    await field('First write deny to setgroups').check();
    await field('uid_map, line 1: first id outside').fill('0');
    await write();
    await says(/The kernel refused uid_map: EPERM[\s\S]*your own id only: 4242, not 0/);
  });

  for (const [name, theme] of Object.entries(themes)) {
    it(`${name}: the form fits the narrow panel`, async () => {
      await bench.setTheme(theme);
      await bench.page.waitForTimeout(500);
      await bench.inspector().locator('.map-form').scrollIntoViewIfNeeded();
      await bench.screenshot(`maps-${name}`);
      if (name === 'light') await bench.picture('write-maps', bench.inspector().locator('.map-form'));
      const overflow = await bench
        .inspector()
        .locator('body')
        .evaluate(({ ownerDocument: { documentElement: page } }) => page.scrollWidth > page.clientWidth);
      assert.equal(overflow, false);
    });
  }

  it('what was typed is still there when the panel comes back', async () => {
    await bench.command('View: Show Explorer');
    await bench.inspector().locator('.map-form').waitFor({ state: 'hidden' });
    await bench.openSidebar();
    await field('uid_map, line 1: first id outside').waitFor();
    assert.equal(await field('uid_map, line 1: first id outside').inputValue(), '0');
  });

  it('a granted write makes nobody root before one’s eyes, by keyboard alone', async () => {
    // They were granted before the uid_map was refused.
    assert.equal(await field('Write gid_map').isChecked(), false);
    assert.equal(await field('First write deny to setgroups').isChecked(), false);
    await field('uid_map, line 1: first id outside').fill('4242');
    await bench.page.keyboard.press('Enter');
    await says(/Written: uid_map[\s\S]*nobody has become root/);
    await bench.inspector().locator('.map', { hasText: 'root (0) inside' }).first().waitFor();
    await bench.screenshot('maps-written');
    await bench.terminal.focus();
    await bench.terminal.run('clear; id', /uid=0\(root\) gid=0\(root\)/);
  });

  it('a second write is refused', async () => {
    await write();
    await says(/The kernel refused uid_map: EPERM[\s\S]*written once in the life of a user namespace/);
  });
});
