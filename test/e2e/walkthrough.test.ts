import { Workbench } from './workbench';

describe('the walkthrough', () => {
  let bench: Workbench;

  before(async () => {
    bench = await Workbench.open({ size: { width: 1400, height: 900 }, theme: 'Default Dark Modern' });
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await bench.screenshot(`failed ${this.currentTest.title}`);
  });
  after(() => bench.close());

  const step = (title: string) => bench.page.locator('.getting-started-step', { hasText: title });

  it('opens with six steps, and the first is done by opening a terminal', async () => {
    await bench.command('Welcome: Open Walkthrough...');
    await bench.pick('Containers from the Inside');
    await step('Open a terminal with a world of its own').waitFor();
    await bench.page.locator('.getting-started-media svg, .getting-started-media iframe').first().waitFor();
    await bench.screenshot('walkthrough');
    await bench.opening(() => step('Open a terminal').getByRole('button', { name: 'New Terminal' }).click());
    await bench.page
      .locator('.getting-started-step .codicon-getting-started-step-checked.complete')
      .first()
      .waitFor();
    await bench.screenshot('walkthrough-first');
  });

  it('its last step opens the first lesson', async () => {
    await step('Take the first lesson').click();
    await bench.screenshot('walkthrough-lesson');
    await step('Take the first lesson').getByRole('button', { name: 'Take the First Lesson' }).click();
    await bench.page.locator('.tab', { hasText: 'Lesson 0' }).waitFor();
  });
});
