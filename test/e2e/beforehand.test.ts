import * as assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { commandLine, processesBelow } from './processes';
import { Workbench } from './workbench';

/** What the first terminal needs is there before it, and not where nobody wants a terminal. */
describe('what is made ready beforehand', () => {
  let bench: Workbench;

  before(async () => {
    bench = await Workbench.open();
  });
  after(() => bench.close());

  /** What runs terminals: the process of Anton's runtime, and that of VS Code's own. */
  function running(): { anton: boolean; vscode: boolean } {
    return {
      anton: bench.runtimes().length > 0,
      vscode: processesBelow(bench.server.pid).some((pid) => commandLine(pid).includes('--type=ptyHost')),
    };
  }

  async function becomes(wanted: ReturnType<typeof running>): Promise<void> {
    for (let tries = 0; tries < 200; tries++) {
      const found = running();
      if (found.anton === wanted.anton && found.vscode === wanted.vscode) return;
      await sleep(100);
    }
    assert.deepEqual(running(), wanted);
  }

  it('is nothing where Anton is not looked at and was never used', async () => {
    await sleep(3000);
    assert.deepEqual(running(), { anton: false, vscode: false });
  });

  it('is both processes once its views are seen', async () => {
    await bench.openSidebar();
    await becomes({ anton: true, vscode: true });
    assert.equal(await bench.page.locator('.terminal-wrapper').count(), 0);
  });
});
