import * as assert from 'node:assert/strict';
import type { Facts } from '../../src/lessons/facts';
import { needs, type Lesson, type LessonPlan, type Task } from '../../src/lessons/lesson';
import { forgetTask, look, type Lacks, type LessonMemory, type TaskState } from '../../src/lessons/progress';
import { reportOf } from '../../src/lessons/results';
import { fill, namesIn, valuesFor } from '../../src/lessons/variables';
import { rungIds } from '../../src/runtime/rungs';

const nothing: Lacks = { needs: new Set(), programs: new Set() };
const base = { needs: [], programs: [], hints: [], solve: [] } as const;
const there = { host: { file: { path: '/there' } } } as const;

const enter: Task = { ...base, id: 'enter', when: 'edge', check: there, hints: [{ key: 'none' }] };
const stay: Task = { ...base, id: 'stay', when: 'level', check: there };
const leave: Task = {
  ...base,
  ...{ id: 'leave', when: 'edge', after: 'enter', baseline: there, check: { not: there } },
};

function planOf(...tasks: readonly Task[]): LessonPlan {
  return { id: 'test', profile: 'plain', needs: [], programs: [], variables: {}, tasks };
}

/** Looks once for each of these moments: is the file there? */
function looks(plan: LessonPlan, moments: readonly boolean[], lacks = nothing): readonly TaskState[][] {
  let memory: LessonMemory = {};
  return moments.map((isThere) => {
    const file = { uid: 0, gid: 0, size: 0, content: '' };
    const facts = { file: () => (isThere ? file : 'absent') } as unknown as Facts;
    const seen = look(plan, memory, facts, {}, lacks);
    memory = structuredClone(seen.memory);
    return [...seen.tasks];
  });
}

function passed(states: readonly TaskState[][]): readonly (boolean | null)[] {
  return states.map(([first]) => first?.passed ?? null);
}

describe('progress in a lesson', () => {
  it('an edge stays passed; a level is as it is now', () => {
    assert.deepEqual(passed(looks(planOf(enter), [false, true, false])), [false, true, true]);
    assert.deepEqual(passed(looks(planOf(stay), [false, true, false])), [false, true, false]);
  });

  it('that something is gone counts only once it was there, and in a later look', () => {
    const alone = { ...leave };
    delete (alone as { after?: string }).after;
    const states = looks(planOf(alone), [false, false, true, false]);
    assert.deepEqual(passed(states), [false, false, false, true]);
    assert.deepEqual(states[0]?.[0]?.skipped, { why: 'baseline' });
  });

  it('a task that is to be done again counts only after it was undone', () => {
    const seen = (plan: LessonPlan, moments: readonly boolean[]): unknown => {
      let memory: LessonMemory = forgetTask({ enter: { done: true }, stay: {} }, plan.tasks[0]?.id ?? '');
      return moments.map((isThere) => {
        const facts = { file: () => (isThere ? { size: 0 } : 'absent') } as unknown as Facts;
        const [state] = look(plan, memory, facts, {}, nothing).tasks;
        memory = look(plan, memory, facts, {}, nothing).memory;
        return state?.skipped?.why ?? state?.passed;
      });
    };
    assert.deepEqual(seen(planOf(enter), [true, false, true, false]), ['again', false, true, true]);
    assert.deepEqual(seen(planOf(stay), [true, true, false, true]), ['again', 'again', false, true]);
    assert.deepEqual(forgetTask({ other: { done: true } }, 'enter').other, { done: true });
  });

  it('a task waits for the one before it', () => {
    const [first, second, third] = looks(planOf(enter, leave), [false, true, false]);
    assert.deepEqual(first?.[1], { id: 'leave', passed: null, skipped: { why: 'after', task: 'enter' } });
    assert.equal(second?.[1]?.passed, false);
    assert.equal(third?.[1]?.passed, true);
  });

  it('what the machine lacks is told, and nothing is passed or failed', () => {
    const lacks: Lacks = { needs: new Set(['net']), programs: new Set(['ip']) };
    const wanting = { ...enter, needs: ['net'], programs: ['ip', 'sh'] } as const;
    const [states] = looks(planOf(wanting), [true], lacks);
    const skipped = { why: 'needs', needs: ['net'], programs: ['ip'] };
    assert.deepEqual(states?.[0], { id: 'enter', passed: null, skipped });
  });

  it('the hints that fit what is seen are given, and none once it is done', () => {
    const task: Task = {
      ...enter,
      hints: [{ key: 'never', while: there }, { key: 'always' }, { key: 'last' }],
    };
    const [before, after] = looks(planOf(task), [false, true]);
    assert.deepEqual(before?.[0]?.hints, ['always', 'last']);
    assert.equal(after?.[0]?.hints, undefined);
  });

  it('results have the shape that check50 writes', () => {
    const lesson = { ...planOf(enter, leave), number: 1, folder: '/' } as unknown as Lesson;
    const words = {
      describe: ({ id }: Task) => `do ${id}`,
      explain: () => ({ rationale: 'not yet', help: null }),
    };
    const [, states = []] = looks(planOf(enter, leave), [false, true]);
    const { slug, results, version } = reportOf(lesson, states, words, '0.1.0');
    assert.deepEqual([slug, version], ['anton/test', '0.1.0']);
    assert.deepEqual(
      results.map(({ name, description, passed: ok, cause, dependency }) => [
        ...[name, description, ok, cause?.rationale, dependency],
      ]),
      [
        ['test/enter', 'do enter', true, undefined, null],
        ['test/leave', 'do leave', false, 'not yet', 'test/enter'],
      ],
    );
    assert.deepEqual(JSON.parse(JSON.stringify(results)), results);
  });

  it('a lesson may need every rung of the check of this machine', () => {
    assert.deepEqual(
      needs.filter((need) => need !== 'ordinary'),
      rungIds.filter((id) => id !== 'terminal'),
    );
  });
});

describe('the variables of a lesson', () => {
  const surroundings = { user: 'eva', uid: 1000, gid: 1000, folder: '/lesson', hostname: 'school' };
  const variables = { name: { word: true }, offset: { from: 100, to: 400, step: 100 } } as const;
  const lesson = { id: 'time', variables };
  const students = Array.from({ length: 200 }, (_, i) => `student ${i}`);

  it('are the same for the same student, and differ between students and lessons', () => {
    assert.deepEqual(valuesFor('eva', lesson, surroundings), valuesFor('eva', lesson, surroundings));
    const names = new Set(students.map((each) => valuesFor(each, lesson, surroundings)['name']));
    assert.ok(names.size > 30, `only ${names.size} names`);
    const others = students.filter(
      (each) =>
        valuesFor(each, lesson, surroundings)['name'] !==
        valuesFor(each, { id: 'map', variables }, surroundings)['name'],
    );
    assert.ok(others.length > 150, `only ${others.length} differ`);
  });

  it('stay within their bounds and reach all of them', () => {
    const offsets = new Set(students.map((each) => valuesFor(each, lesson, surroundings)['offset']));
    assert.deepEqual(
      [...offsets].sort((a, b) => Number(a) - Number(b)),
      [100, 200, 300, 400],
    );
  });

  it('stand in a text as {{name}}; what is unknown stays', () => {
    const values = valuesFor('eva', lesson, surroundings);
    assert.equal(
      fill('{{uid}} {{ user }} {{nobody}} {{constructor}}', values),
      '1000 eva {{nobody}} {{constructor}}',
    );
    assert.deepEqual(namesIn('{{uid}} {uid} {{ user }}'), ['uid', 'user']);
  });
});
