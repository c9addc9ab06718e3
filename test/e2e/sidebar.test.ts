import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { Workbench } from './workbench';

describe('the sidebar', () => {
  let bench: Workbench;

  before(async () => {
    bench = await Workbench.open({ size: { width: 1280, height: 1600 } });
    await bench.openSidebar();
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await bench.screenshot(`failed ${this.currentTest.title}`);
  });
  after(() => bench.close());

  const shows = async (pattern: RegExp): Promise<void> => {
    await bench.inspector().locator('body', { hasText: pattern }).waitFor();
  };

  it('offers a new terminal when none runs', async () => {
    await bench.opening(() =>
      bench.view('Terminals').locator('.monaco-button', { hasText: 'New Terminal' }).click(),
    );
    await bench.page
      .locator('.part.sidebar .monaco-list-row', { hasText: /1 = \d+ bash$/ })
      .last()
      .waitFor();
    await bench.page
      .locator('.part.sidebar .monaco-list-row', { hasText: /^Anton 1\s*anton · 1 = \d+ bash$/ })
      .waitFor();
  });

  it('the panel shows the eight namespaces, the maps in words and both PIDs', async () => {
    const panel = bench.inspector();
    await shows(/4242/);
    const text = await panel.locator('body').innerText();
    for (const kind of ['user', 'pid', 'mnt', 'uts', 'ipc', 'net', 'cgroup', 'time']) {
      assert.match(text, new RegExp(`\\b${kind}\\b`));
    }
    assert.match(text, /root \(0\)/);
    assert.match(text, /you \(4242\)|you \(student, 4242\)/);
    assert.match(text, /nobody/);
  });

  it('a process that starts inside appears in the tree and in the panel', async () => {
    await bench.terminal.run('sleep 4711 &', /\[1\] \d+/);
    await bench.page.locator('.part.sidebar .monaco-list-row', { hasText: /^\d+ = \d+ sleep/ }).waitFor();
    await shows(/sleep/);
  });

  it('a process whose name is HTML, an escape sequence or a line break is harmless text', async () => {
    const name = '<b>\\033[31m\\342\\200\\256\\nx';
    const script = `name=$(printf '${name}'); cp /bin/sleep "$name"; "./$name" 1000 &\n`;
    fs.writeFileSync(path.join(bench.folder, 'evil.sh'), script);
    await bench.terminal.run('clear; sh evil.sh; echo done', /^done$/m);
    const row = bench.page.locator('.part.sidebar .monaco-list-row', { hasText: '<b>\\x1b[31m\\u202e\\nx' });
    await row.waitFor();
    await bench.inspector().getByText('<b>\\x1b[31m\\u202e\\nx').first().waitFor();
    assert.equal(await bench.inspector().locator('b').count(), 0);
  });

  it('Join shows the joined shell under the terminal it joined', async () => {
    await bench.opening(() => bench.command('Anton: Join Terminal...'));
    await bench.terminal.run('clear; hostname', /^anton$/m);
    const rows = await bench.sidebarRows();
    assert.ok(
      rows.some((row) => row.startsWith('Anton 1 +1')),
      rows.join('\n'),
    );
  });

  it('the panel follows the terminal that a person selects in the tree', async () => {
    await bench.page
      .locator('.part.sidebar .monaco-list-row', { hasText: /^Anton 1\s*anton/ })
      .first()
      .click();
    await shows(/Anton 1(?! \+)/);
    await bench.opening(async () => {
      await bench.command('Anton: New Terminal with Profile...');
      await bench.pick('no mapping yet');
    });
    await shows(/No map yet/);
  });

  it('Kill in a row ends the terminal', async () => {
    const row = bench.page.locator('.part.sidebar .monaco-list-row', { hasText: 'user · ' }).first();
    await row.hover();
    await row.getByRole('button', { name: /^Kill/ }).click();
    await row.waitFor({ state: 'detached' });
  });
});
