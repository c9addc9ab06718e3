import * as assert from 'node:assert/strict';
import { Workbench } from './workbench';

const themes = {
  dark: 'Dark Modern',
  light: 'Light Modern',
  'high-contrast': 'Dark High Contrast',
};

const height = 900;

/** The pictures of the README, taken from a running workbench, in each sort of theme and narrow and wide. */
describe('pictures', () => {
  let bench: Workbench;

  before(async () => {
    bench = await Workbench.open({ theme: 'Default Light Modern', size: { width: 1280, height } });
    await bench.openSidebar();
    await bench.opening(() => bench.command('Anton: New Terminal'));
    await bench.command('View: Toggle Maximized Panel');
    await bench.terminal.run('echo $$', /^1$/m);
    await bench.terminal.run('id', /^uid=0/m);
    await bench.terminal.run('hostname', /^anton$/m);
    await bench.terminal.run('sleep infinity &', /^\[1\] \d+/m);
    await bench.terminal.run('ps', /sleep[\s\S]* ps$/m);
    await bench.page.locator('.part.sidebar .monaco-list-row', { hasText: /= \d+ sleep/ }).waitFor();
    await bench.inspector().locator('h1', { hasText: 'Anton 1' }).waitFor();
  });
  after(() => bench.close());

  for (const [name, theme] of Object.entries(themes)) {
    for (const [width, pixels] of Object.entries({ wide: 1280, narrow: 700 })) {
      it(`${name}, ${width}: the panel needs no horizontal scrollbar`, async () => {
        await bench.page.setViewportSize({ width: pixels, height });
        if (width === 'wide') await bench.setTheme(theme);
        await bench.page.waitForTimeout(1000);
        await bench.screenshot(`${name}-${width}`);
        if (width === 'wide') await bench.picture(`anton-${name}`, { x: 0, y: 0, width: pixels, height });
        const overflow = await bench
          .inspector()
          .locator('body')
          .evaluate(
            (body) =>
              body.ownerDocument.documentElement.scrollWidth > body.ownerDocument.documentElement.clientWidth,
          );
        assert.equal(overflow, false);
      });
    }
  }
});
