import * as assert from 'node:assert/strict';
import { Workbench } from './workbench';

/** What VS Code makes of the marks of a shell, in a terminal of Anton's. */
describe('shell integration in the workbench', () => {
  let bench: Workbench;

  before(async () => {
    bench = await Workbench.open();
    await bench.opening(() => bench.command('Anton: New Terminal'));
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await bench.screenshot(`failed ${this.currentTest.title}`);
  });
  after(() => bench.close());

  const decoration = (kind: string) =>
    bench.page.locator(
      `.terminal-wrapper.active .terminal-command-decoration.codicon-terminal-decoration-${kind}`,
    );

  it('a command that succeeded and one that failed are marked in the gutter', async () => {
    await bench.terminal.run('echo good', /^good$/m);
    await bench.terminal.run('ls /no/such/file', /No such file[^]*anton>$/);
    await decoration('success').first().waitFor();
    await decoration('error').first().waitFor();
    assert.equal(await decoration('error').count(), 1);
    await bench.screenshot('shell-integration-decorations');
  });

  it('Run Recent Command lists what was run here', async () => {
    await bench.command('Terminal: Run Recent Command...');
    const rows = bench.page.locator('.quick-input-widget .monaco-list-row');
    await rows.filter({ hasText: 'echo good' }).first().waitFor();
    await bench.screenshot('shell-integration-recent');
    await rows.filter({ hasText: 'echo good' }).first().click();
    await bench.terminal.waitFor(/^good$[^]*^good$/m);
  });

  it('the line of a long command stays in sight above its output', async () => {
    await bench.terminal.run('seq 1000 1200', /^1200$[^]*anton>$/m);
    const sticky = bench.page.locator('.terminal-wrapper.active .terminal-sticky-scroll .xterm-rows');
    await sticky.filter({ hasText: 'seq 1000 1200' }).waitFor();
    await bench.screenshot('shell-integration-sticky');
  });

  it('Scroll to Previous Command goes to where it began', async () => {
    assert.doesNotMatch(await bench.terminal.text(), /seq 1000/);
    await bench.command('Terminal: Scroll to Previous Command');
    await bench.terminal.waitFor(/^anton> seq 1000 1200$/m);
    await bench.screenshot('shell-integration-previous');
  });

  it('a person who turns it off goes without', async () => {
    bench.setSetting('terminal.integrated.shellIntegration.enabled', false, 'Machine');
    await bench.page.waitForTimeout(2000);
    await bench.opening(() => bench.command('Anton: New Terminal'));
    await bench.terminal.run('echo good', /^good$/m);
    await bench.page.waitForTimeout(500);
    assert.equal(await decoration('success').count(), 0);
  });
});
