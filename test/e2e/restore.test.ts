import * as assert from 'node:assert/strict';
import { commandLine, processesBelow } from './processes';
import { Terminal } from './terminal';
import { Workbench } from './workbench';

/** A window that goes and comes back: its terminals are where they were. */
describe('terminals of a window that comes back', () => {
  let bench: Workbench;

  before(async () => {
    bench = await Workbench.open({ settings: { 'anton.keepTerminals': 10 } });
    await bench.openSidebar();
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await bench.screenshot(`failed ${this.currentTest.title}`);
  });
  after(async () => {
    await bench.endTerminals();
    await bench.close();
  });

  it('a reload keeps the shell, its variables and what it printed', async () => {
    await bench.opening(() => bench.command('Anton: New Terminal'));
    await bench.terminal.run('x=41; seq 60; echo PID $$ of $(readlink /proc/self/ns/pid)', /^PID 1 of/m);
    const before = /^PID 1 of .*$/m.exec(await bench.terminal.text())?.[0] ?? '';
    await bench.page.reload();
    await bench.terminal.waitFor(/^PID 1 of/m, 60_000);
    assert.match(await bench.terminal.text(), /\n59\n60\nPID 1 of/);
    await bench.terminal.run(
      'clear; echo $((x+1)); echo PID $$ of $(readlink /proc/self/ns/pid)',
      /^42$[^]*^PID/m,
    );
    assert.ok((await bench.terminal.text()).includes(before));
    await bench.screenshot('restored');
  });

  it('the views show it as before', async () => {
    const rows = bench.view('Terminals').locator('.monaco-list-row');
    await rows.filter({ hasText: /^Anton 1\s*anton · 1 = \d+ bash$/ }).waitFor();
  });

  it('a program that fills the screen goes on over a reload, and is drawn at the size of the window', async () => {
    await bench.terminal.focus();
    await bench.type('top -d 1\n');
    await bench.terminal.waitFor(/^\s*PID USER/m);
    await bench.page.setViewportSize({ width: 1100, height: 700 });
    await bench.page.reload();
    await bench.terminal.waitFor(/^\s*PID USER/m, 60_000);
    await bench.terminal.waitFor(/^\s*\d+ root .* R /m);
    await bench.screenshot('restored-top');
    await bench.terminal.focus();
    await bench.type('q');
    await bench.terminal.waitFor(/^anton> ?$/m);
    await bench.terminal.run('clear; stty size', /^\d+ \d+$/m);
  });

  it('the end of the extension host by SIGKILL is survived, too', async () => {
    const host = bench.extensionHost();
    await bench.terminal.run('clear; y=7; echo set', /^set$/m);
    await bench.opening(() => Promise.resolve(void process.kill(host, 'SIGKILL')));
    await bench.terminal.waitFor(/^set$/m, 60_000);
    const tabs = bench.page.locator('.terminal-tabs-entry', { hasText: 'Anton 1' });
    for (let tries = 0; (await tabs.count()) > 1; tries++) {
      assert.ok(tries < 100, 'the tab of before the crash is still there');
      await bench.page.waitForTimeout(100);
    }
    await bench.screenshot('restored-after-crash');
    await bench.terminal.run('clear; echo $((x+y))', /^48$/m);
  });

  it('another window of the same folder has its own, and takes none', async () => {
    const other = await bench.window();
    try {
      await other.openSidebar();
      await other.page.waitForTimeout(3000);
      assert.ok(!(await other.sidebarRows()).some((row) => row.startsWith('Anton 1')));
      await bench.terminal.run('clear; echo $((x+y+1))', /^49$/m);
    } finally {
      await other.page.close();
    }
  });

  it('a tab that is closed and opened again has them back', async () => {
    await bench.page.close();
    bench = await bench.window();
    await bench.openSidebar();
    await bench.terminal.waitFor(/^49$/m, 60_000);
    await bench.terminal.run('clear; echo $((x+y+2))', /^50$/m);
  });

  it('the end of the process that keeps them is told, and the next terminal works', async () => {
    const runtimes = bench.runtimes();
    assert.equal(runtimes.length, 1);
    for (const pid of runtimes) process.kill(pid, 'SIGKILL');
    await bench.terminal.waitFor(/Anton 1 was ended, because the process that keeps/);
    await bench.screenshot('runtime-lost');
    await bench.opening(() => bench.command('Anton: New Terminal'));
    await bench.terminal.run('clear; echo $$', /^1$/m);
  });

  it('a terminal that a person closes ends at once', async () => {
    await bench.terminal.run('clear; sleep 4711 & echo started', /^started$/m);
    const sleeps = (): boolean =>
      bench
        .runtimes()
        .flatMap(processesBelow)
        .some((pid) => commandLine(pid) === 'sleep 4711');
    assert.ok(sleeps());
    await bench.command('Terminal: Kill the Active Terminal Instance');
    for (let tries = 0; sleeps(); tries++) {
      assert.ok(tries < 40, 'it goes on');
      await bench.page.waitForTimeout(100);
    }
  });

  it('one that a person has put among the editors comes back there', async () => {
    const tab = bench.page.locator('.editor .tabs-container .tab[aria-label^="Anton"]');
    const inEditor = new Terminal(bench.page, '.part.editor');
    await bench.opening(() => bench.command('Anton: New Terminal'));
    await bench.terminal.run('z=5; echo set', /^set$/m);
    await bench.command('Terminal: Move Terminal into Editor Area');
    await tab.waitFor();
    await bench.page.waitForTimeout(1000);
    await bench.page.reload();
    // VS Code puts a terminal of its own into the empty panel.
    await inEditor.waitFor(/^set$/m, 60_000);
    await inEditor.run('clear; echo $((z+1))', /^6$/m);
    await bench.screenshot('restored-editor');
    await bench.command('Terminal: Move Terminal into Panel');
    await tab.waitFor({ state: 'detached' });
    await bench.page.waitForTimeout(1000);
    await bench.page.reload();
    await bench.openSidebar();
    await bench
      .view('Terminals')
      .locator('.monaco-list-row', { hasText: /^Anton \d/ })
      .waitFor();
    assert.equal(await tab.count(), 0);
  });
});
