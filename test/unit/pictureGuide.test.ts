import * as assert from 'node:assert/strict';
import * as path from 'node:path';
import { inspectorSections, type Lesson } from '../../src/lessons/lesson';
import type { TaskState } from '../../src/lessons/progress';
import { readLessons } from '../../src/lessons/readLessons';
import type { TerminalId } from '../../src/runtime/runtime';
import { sectionNames } from '../../src/ui/inspector/protocol';
import { PictureGuide, taskOf } from '../../src/ui/lessons/pictureGuide';

const terminal = 3 as TerminalId;

function sees(process: number): TaskState[] {
  return [{ id: 'enter', passed: false, verdict: { passed: false, findings: [], process } }];
}

describe('the side panel in a lesson', () => {
  let lessons: readonly Lesson[] = [];
  before(async () => {
    const results = await readLessons(path.resolve('media', 'lessons'));
    lessons = results.flatMap((result) => ('lesson' in result ? [result.lesson] : []));
  });

  /** What a guide turns the panel to. */
  function guide(): { guide: PictureGuide; turned: unknown[]; lesson: Lesson } {
    const lesson = lessons[1];
    assert.ok(lesson);
    const turned: unknown[] = [];
    const turnTo = (...to: unknown[]): Promise<void> => Promise.resolve(void turned.push(to));
    return { guide: new PictureGuide(lesson, { turnTo }), turned, lesson };
  }

  it('turns to the terminal of a command, then to the process that the command made, once', async () => {
    const { guide: taken, turned, lesson } = guide();
    await taken.looked(sees(20), [10]);
    await taken.ran('enter', lesson.texts.en.blocks, terminal);
    await taken.looked(sees(10), [10]);
    await taken.looked(sees(20), [10]);
    await taken.looked(sees(20), [10]);
    assert.deepEqual(turned, [
      [{ type: 'terminal', id: terminal }, 'users'],
      [{ type: 'process', pid: 20 }, 'users'],
    ]);
  });

  it('stays where it is for a command of no task', async () => {
    const { guide: taken, turned, lesson } = guide();
    await taken.ran('no-such', lesson.texts.en.blocks, terminal);
    assert.deepEqual(turned, []);
    assert.equal(taskOf('no-such', lesson.texts.en.blocks, lesson), undefined);
  });

  it('has something to show in every lesson, and only what there is in the panel', () => {
    assert.equal(lessons.length, 14);
    for (const { id, tasks } of lessons)
      assert.ok(
        tasks.some(({ section }) => section),
        id,
      );
    for (const section of inspectorSections) assert.ok(sectionNames.includes(section));
  });
});
