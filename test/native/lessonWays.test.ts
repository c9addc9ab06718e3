import * as assert from 'node:assert/strict';
import { ProcFacts } from '../../src/lessons/procFacts';
import { look, type Lacks } from '../../src/lessons/progress';
import { allLessons, readLacks, TakenLesson } from './lessonTerminals';
import { TestRuntime } from './support';

const bubblewrap = 'bwrap --bind / / --dev-bind /dev /dev --unshare-user --uid 0 --gid 0';

/** It counts what is, not what was typed. */
describe('any right way solves a lesson', () => {
  const runtime = new TestRuntime();
  let lacks: Lacks;
  before(async () => {
    lacks = await readLacks(runtime, await allLessons());
  });
  afterEach(() => runtime.closeAll());

  const ways: readonly (readonly [number, string, readonly string[]])[] = [
    [6, 'first', [`${bubblewrap} --unshare-pid --as-pid-1 /bin/sh`]],
    [6, 'first', ['unshare --user --map-root-user --pid --fork --mount-proc /bin/sh']],
    [7, 'mount', [`${bubblewrap} --unshare-pid --as-pid-1 --proc /proc /bin/sh`]],
    [8, 'enter', ["unshare -Ur /bin/sh -c 'unshare -m /bin/sh'"]],
    [10, 'loopback', [`unshare -Urn`, `${bubblewrap} --unshare-net /bin/sh`]],
  ];
  for (const [number, task, lines] of ways) {
    it(`${number}, ${task}: ${lines.join('; ')}`, async function () {
      const lesson = (await allLessons()).find((each) => each.number === number);
      assert.ok(lesson);
      if (lines.some((line) => line.startsWith('bwrap')) && lacks.programs.has('bwrap')) this.skip();
      if (lesson.needs.some((need) => lacks.needs.has(need))) this.skip();
      const taken = new TakenLesson(runtime, lesson, lacks);
      try {
        await taken.start();
        assert.notEqual(taken.state(task).passed, true);
        for (const type of lines) {
          await taken.type({ terminal: 'first', type });
          taken.look();
        }
        await taken.passes(task);
      } finally {
        await taken.end();
      }
    });
  }

  it('6, first: a terminal with Anton’s own profile', async function () {
    const lesson = (await allLessons()).find((each) => each.number === 6);
    assert.ok(lesson);
    if (lesson.needs.some((need) => lacks.needs.has(need))) this.skip();
    const info = await runtime.shell('pid');
    const { tasks } = look(lesson, {}, new ProcFacts([info]), { uid: 0, gid: 0, folder: '/' }, lacks);
    assert.equal(tasks[0]?.passed, true, JSON.stringify(tasks[0]));
  });
});
