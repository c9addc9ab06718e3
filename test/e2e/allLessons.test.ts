import * as assert from 'node:assert/strict';
import { Workbench } from './workbench';

/** Every lesson, taken as a student would who presses its buttons in their turn. */
describe('all lessons in the workbench', () => {
  for (const [language, word] of [
    ['en', 'Lesson'],
    ['sk', 'Lekcia'],
  ] as const) {
    describe(language, () => {
      let bench: Workbench;

      before(async () => {
        bench = await Workbench.open({
          size: { width: 1400, height: 1000 },
          settings: { 'anton.language': language },
        });
        await bench.openSidebar();
      });
      afterEach(async function () {
        if (this.currentTest?.state === 'failed')
          await bench.screenshot(`failed ${language} ${this.currentTest.title}`);
        await bench.command('Terminal: Kill All Terminals');
      });
      after(() => bench.close());

      for (let number = 0; number < 14; number++) {
        it(`lesson ${number}: its commands solve its tasks, none of which is done before`, async () => {
          const page = bench.lessonPage();
          await bench.pickAfter('Anton: Open Lesson...', `${word} ${number}:`);
          await page.locator('h1', { hasText: `${word} ${number}:` }).waitFor();
          await page.locator('.task').first().waitFor();
          assert.equal(await page.locator('.task.done').count(), 0);
          const steps = page.locator('.command .primary, .task');
          const kinds = await steps.evaluateAll((nodes) =>
            nodes.map((node) =>
              node.matches('.task.unknown') ? 'left out' : node.matches('.task') ? 'task' : 'command',
            ),
          );
          assert.ok(kinds.includes('command') && kinds.includes('task'), kinds.join());
          for (const [i, kind] of kinds.entries()) {
            if (kind === 'command') await press(i);
            if (kind === 'task') await steps.nth(i).and(page.locator('.task.done')).waitFor();
          }
        });
      }

      /** Presses a button and waits for the prompt behind what it typed. */
      async function press(step: number): Promise<void> {
        const before = await bench.terminalText();
        await bench.lessonPage().locator('.command .primary, .task').nth(step).click();
        let last = before;
        const end = Date.now() + 20_000;
        for (let quiet = 0; quiet < 4; quiet++) {
          if (Date.now() > end) throw new Error(`There is no prompt:\n${last}`);
          await bench.page.waitForTimeout(100);
          const text = await bench.terminalText();
          if (text === before || text !== last || !/[#$>]$/.test(text)) quiet = -1;
          last = text;
        }
      }
    });
  }
});
