import * as assert from 'node:assert/strict';
import type { Lesson } from '../../src/lessons/lesson';
import type { Lacks } from '../../src/lessons/progress';
import { allLessons, readLacks, TakenLesson } from './lessonTerminals';
import { TestRuntime } from './support';

/** Every lesson can be solved, and does not pass unsolved. */
describe('the lessons', () => {
  const runtime = new TestRuntime();
  let lessons: readonly Lesson[] = [];
  let lacks: Lacks;
  before(async () => {
    lessons = await allLessons();
    lacks = await readLacks(runtime, lessons);
  });
  afterEach(() => runtime.closeAll());

  for (let number = 0; number < 14; number++) {
    it(`${number}: the checks fail before it is solved and pass after`, async function () {
      const lesson = lessons.find((each) => each.number === number);
      assert.ok(lesson, `lesson ${number}`);
      const taken = new TakenLesson(runtime, lesson, lacks);
      try {
        await taken.start();
        const solved = await solve(lesson, taken);
        if (solved.length > 0) return;
      } finally {
        await taken.end();
      }
      this.skip();
    });
  }

  /** Types what solves each task that this machine can do; gives those. */
  async function solve(lesson: Lesson, taken: TakenLesson): Promise<readonly string[]> {
    const solved: string[] = [];
    for (const { id, solve: lines } of lesson.tasks) {
      const before = taken.state(id);
      assert.notEqual(before.passed, true, `${id} passes before it is solved`);
      if (before.skipped?.why === 'needs') {
        console.log(`      ${id}: skipped, for want of ${missing(before.skipped)}`);
        continue;
      }
      for (const line of lines) {
        await taken.type(line);
        taken.look();
      }
      await taken.passes(id);
      solved.push(id);
    }
    return solved;
  }
});

function missing({ needs, programs }: { needs: readonly string[]; programs: readonly string[] }): string {
  return [...needs, ...programs].join(', ');
}
