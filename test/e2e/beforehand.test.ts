import * as assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { commandLine, processesOf } from './processes';
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
    const lines = processesOf(bench.uid).map(commandLine);
    return {
      anton: lines.includes('anton-runtime'),
      vscode: lines.some((line) => line.includes('--type=ptyHost')),
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
