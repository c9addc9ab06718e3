import * as assert from 'node:assert/strict';
import type { FrameLocator } from 'playwright-core';
import type { Box, Workbench } from './workbench';

/** How the panel is looked at: in the room that a test gives it, and for texts that do not fit. */

/** Drags the border between the sidebar and the editor. */
export async function resizeSidebar(bench: Workbench, width: number): Promise<void> {
  const box = await bench.page.locator('.part.sidebar').boundingBox();
  assert.ok(box);
  await bench.page.mouse.move(box.x + box.width, 600);
  await bench.page.mouse.down();
  await bench.page.mouse.move(box.x + width, 600, { steps: 5 });
  await bench.page.mouse.up();
}

/** Texts of pictures that reach beyond them, or over each other. */
export async function pictureFaults(panel: FrameLocator): Promise<string[]> {
  return await panel.locator('anton-picture svg').evaluateAll((pictures) =>
    pictures.flatMap((picture) => {
      const frame = picture.getBoundingClientRect();
      const texts = [...picture.querySelectorAll('text')].map((text) => ({
        text: text.textContent,
        box: text.getBoundingClientRect(),
      }));
      const beyond = texts.filter(({ box }) => box.left < frame.left - 1 || box.right > frame.right + 1);
      const covered = texts.filter(({ box }, i) =>
        texts
          .slice(i + 1)
          .some(
            ({ box: other }) =>
              box.left < other.right - 1 &&
              other.left < box.right - 1 &&
              box.top < other.bottom - 4 &&
              other.top < box.bottom - 4,
          ),
      );
      return [
        ...beyond.map(({ text }) => `beyond: ${text}`),
        ...covered.map(({ text }) => `covered: ${text}`),
      ];
    }),
  );
}

/** How many pixels of the panel's page are beyond its right edge. */
export async function overflowOf(panel: FrameLocator): Promise<number> {
  return await panel
    .locator('body')
    .evaluate(({ ownerDocument: { documentElement: page } }) => page.scrollWidth - page.clientWidth);
}

/** The tables that reach into the margin of their section or beyond, by its name. */
export async function wideTables(panel: FrameLocator): Promise<string[]> {
  return await panel.locator('.content').evaluateAll((contents) =>
    contents
      .filter((content) => {
        const margin = Number.parseFloat(getComputedStyle(content).paddingRight);
        const edge = content.getBoundingClientRect().right - margin;
        const tables = [...content.querySelectorAll('table')];
        return tables.some((table) => table.getBoundingClientRect().right > edge + 1);
      })
      .map((content) => content.closest('section')?.dataset['section'] ?? ''),
  );
}

/** The Inspector down to the end of the last section that is there as a whole. */
export async function wholeSections(bench: Workbench): Promise<Box> {
  const view = await bench.view('Inspector').boundingBox();
  assert.ok(view);
  const sections = await bench.inspector().locator('section').all();
  const boxes = await Promise.all(sections.map((section) => section.boundingBox()));
  const ends = boxes.map((box) => (box ? box.y + box.height : 0));
  const bottom = Math.max(...ends.filter((end) => end <= view.y + view.height));
  return { ...view, height: bottom - view.y };
}
