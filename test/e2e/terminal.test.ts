import * as assert from 'node:assert/strict';
import { Workbench } from './workbench';

describe('the terminal', () => {
  let bench: Workbench;

  before(async () => {
    bench = await Workbench.open();
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await bench.screenshot(`failed ${this.currentTest.title}`);
  });
  after(() => bench.close());

  const open = async (): Promise<void> => {
    await bench.opening(() => bench.command('Anton: New Terminal'));
  };

  it('has the size that the window gives it, also after that changed', async () => {
    await open();
    const columns = async (): Promise<number> =>
      Number(/^\d+ (\d+)$/m.exec(await bench.terminal.run('clear; stty size', /^\d+ \d+$/m))?.[1]);
    const before = await columns();
    await bench.page.setViewportSize({ width: 900, height: 800 });
    // The workbench lays out when it finds the time to.
    let after = before;
    for (let tries = 0; tries < 20 && after >= before; tries++) after = await columns();
    assert.ok(after < before, `${before} -> ${after}`);
    await bench.page.setViewportSize({ width: 1280, height: 800 });
  });

  it('Ctrl-C interrupts, Ctrl-Z stops, fg goes on', async () => {
    await bench.terminal.run('sleep 1000', /sleep 1000\n?$/);
    await bench.page.keyboard.press('Control+c');
    await bench.terminal.waitFor(/\^C\n/);
    await bench.terminal.run('echo "status $?"', /^status 130$/m);
    await bench.terminal.run('sleep 1000', /sleep 1000\n?$/);
    await bench.page.keyboard.press('Control+z');
    await bench.terminal.waitFor(/Stopped\s+sleep 1000/);
    await bench.terminal.run('clear; fg', /^sleep 1000$/m);
    await bench.page.keyboard.press('Control+c');
    await bench.terminal.waitFor(/\^C\nanton>/);
  });

  it('says how it ended, and closes by a key', async () => {
    await bench.terminal.run('exit 7', /exited with 7\. Press Enter/);
    await bench.page.keyboard.press('q');
    await bench.page.locator('.xterm').waitFor({ state: 'detached' });
  });

  it('starts again by Enter, in the same place', async () => {
    await open();
    await bench.terminal.run('exit 7', /exited with 7\. Press Enter/);
    await bench.page.keyboard.press('Enter');
    await bench.terminal.waitFor(/exited with 7\.[^]*anton>$/);
    await bench.terminal.run('echo "again $$"', /^again 1$/m);
    assert.equal(await bench.page.locator('.xterm').count(), 1);
    await bench.terminal.run('exit 8', /exited with 8\. Press Enter/);
    await bench.page.keyboard.press('q');
    await bench.page.locator('.xterm').waitFor({ state: 'detached' });
  });

  it('Run Command runs a program as process 1 and stays to show its status', async () => {
    await bench.command('Anton: Run Command...');
    await bench.page.locator('.quick-input-widget input').first().fill(`sh -c 'echo "I am $$"; exit 3'`);
    await bench.page.keyboard.press('Enter');
    await bench.terminal.waitFor(/^I am 1$[\s\S]*exited with 3\./m);
    await bench.terminal.focus();
    await bench.page.keyboard.press('q');
  });

  it('Anton is a profile of the terminal’s own drop-down', async () => {
    await bench.opening(async () => {
      await bench.command('Create New Terminal (With Profile)');
      await bench.page.getByPlaceholder(/terminal profile/).waitFor();
      await bench.pick('Anton');
    });
    await bench.terminal.run('clear; echo $$', /^1$/m);
    await bench.command('Anton: Kill');
    await bench.page.locator('.xterm').waitFor({ state: 'detached' });
  });

  it('a shell that does not exist is refused with what to do', async () => {
    bench.setSetting('anton.shell', '/no/such/shell', 'Machine');
    await bench.page.waitForTimeout(500);
    await bench.command('Anton: New Terminal');
    // Toasts are off under the driver of smoke tests; the notification is in the list all the same.
    await bench.command('Notifications: Show Notifications');
    const told = bench.page.locator('.notifications-center .notification-list-item', {
      hasText: 'The shell /no/such/shell does not exist.',
    });
    await told.getByRole('button', { name: 'Open Settings' }).waitFor();
    assert.equal(await bench.page.locator('.xterm').count(), 0);
    bench.setSetting('anton.shell', '', 'Machine');
  });

  for (const shell of ['/bin/sh', '/usr/bin/zsh', '/usr/bin/fish']) {
    it(`the prompt is anton> in ${shell}`, async () => {
      bench.setSetting('anton.shell', shell, 'Machine');
      await bench.page.waitForTimeout(500);
      await open();
      await bench.terminal.run(
        'clear; echo $SHELL > /dev/null; ps -o comm= -p 1',
        new RegExp(`^${shell.split('/').at(-1) ?? ''}$`, 'm'),
      );
      await bench.command('Anton: Kill');
      await bench.page.locator('.xterm').waitFor({ state: 'detached' });
    });
  }
});
