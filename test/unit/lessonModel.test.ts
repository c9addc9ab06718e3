import * as assert from 'node:assert/strict';
import * as path from 'node:path';
import slovak from '../../l10n/bundle.l10n.sk.json';
import type { Lesson } from '../../src/lessons/lesson';
import type { TaskState } from '../../src/lessons/progress';
import { readLesson } from '../../src/lessons/readLessons';
import { lessonModel } from '../../src/ui/lessons/lessonModel';
import { isFromLessonPage, type TaskBlock } from '../../src/ui/lessons/protocol';
import { translator } from '../../src/ui/translate';
import { t } from './facts';

const values = { user: 'ana', uid: 1000, gid: 1000, folder: '/tmp/l', hostname: 'h', name: 'plum' };
const nothing = { needs: new Set<never>(), programs: new Set<never>() };

async function lesson(name: string): Promise<Lesson> {
  const result = await readLesson(path.resolve('media', 'lessons', name));
  assert.ok('lesson' in result, JSON.stringify(result));
  return result.lesson;
}

function tasks(states: readonly TaskState[], taken: Lesson, language: 'en' | 'sk' = 'en'): TaskBlock[] {
  const { blocks } = lessonModel(
    taken,
    language,
    states,
    values,
    nothing,
    translator(language, () => slovak),
  );
  return blocks.flatMap((block) => (block.kind === 'task' ? [block] : []));
}

/** Still in the host's user namespace. */
const finding = {
  fact: 'ns.user',
  expected: 'own',
  found: 'shared',
  passed: false,
  negated: false,
} as const;

describe('the page of a lesson', () => {
  it('has the text in the language that is asked for, with the student’s own words in it', async () => {
    const taken = await lesson('01-nobody');
    const page = lessonModel(
      taken,
      'sk',
      [],
      values,
      nothing,
      translator('sk', () => slovak),
    );
    assert.equal(page.title, 'Lekcia 1: Nikto');
    assert.match(page.progress, /^Hotové úlohy: 0 z/);
    assert.ok(page.blocks.some((block) => block.kind === 'command' && block.code.includes('touch plum')));
    assert.doesNotMatch(JSON.stringify(page), /\{\{|"position"/);
  });

  it('says of a task what was found and what was expected', async () => {
    const taken = await lesson('01-nobody');
    const [first, second] = tasks(
      [
        { id: 'enter', passed: false, verdict: { passed: false, findings: [finding] }, hints: ['shared'] },
        { id: 'file', passed: null, skipped: { why: 'after', task: 'enter' } },
      ],
      taken,
    );
    assert.deepEqual(
      [first?.state, first?.word, first?.details],
      ['open', 'Not yet', ['The terminal’s user namespace is the host’s; it has to be one of its own.']],
    );
    assert.deepEqual([second?.state, second?.word], ['waiting', 'Waits for the task above']);
  });

  it('gives the hints that fit with the task, the best first, and none before anything was looked at', async () => {
    const taken = await lesson('02-map');
    const hints = ['own-number', 'once'];
    const state: TaskState = { id: 'users', passed: false, hints };
    const begun = { ...state, verdict: { passed: false, findings: [finding] } };
    const given = (each: TaskState): unknown =>
      tasks([each], taken)
        .find(({ id }) => id === 'users')
        ?.hints.map(({ heading }) => heading);
    assert.deepEqual(given(begun), ['The write is refused', 'There is a map already, but another one']);
    assert.deepEqual(given({ ...state, verdict: { passed: false, findings: [] } }), []);
    const [first] = tasks([{ id: 'enter', passed: false, verdict: { passed: false, findings: [] } }], taken);
    assert.deepEqual(first?.details, ['The lesson’s terminal is not open. Run a command, and it opens.']);
  });

  it('offers to do a task again that is done, and says when it still holds from before', async () => {
    const taken = await lesson('01-nobody');
    const [first, second] = tasks(
      [
        { id: 'enter', passed: false, skipped: { why: 'again' } },
        { id: 'file', passed: true },
      ],
      taken,
    );
    assert.equal(first?.again, undefined);
    assert.deepEqual(first?.details, ['This still holds from before. Undo it first, then do it again.']);
    assert.deepEqual(second?.again, { label: 'Do It Again', spoken: 'Do task 2 again' });
  });

  it('never passes what the machine cannot do', async () => {
    const taken = await lesson('01-nobody');
    const needs = { why: 'needs', needs: ['user'], programs: [] } as const;
    const [first] = tasks([{ id: 'enter', passed: null, skipped: needs }], taken);
    assert.deepEqual([first?.state, first?.word], ['unknown', 'Left out']);
  });

  it('shows what was recorded elsewhere, and says so, where the machine cannot', async () => {
    const taken = await lesson('01-nobody');
    const needs = { why: 'needs', needs: ['user'], programs: [] } as const;
    const states: TaskState[] = [
      { id: 'enter', passed: null, skipped: needs },
      { id: 'file', passed: null, skipped: { why: 'after', task: 'enter' } },
    ];
    const { recording } = taken;
    assert.ok(recording);
    const { blocks } = lessonModel(taken, 'en', states, values, nothing, t);
    const shown = blocks.flatMap((block) => (block.kind === 'command' ? [block] : []));
    const [first] = shown;
    assert.equal(first?.recorded?.text, recording.commands[first?.name ?? '']);
    assert.match(first?.recorded?.caption ?? '', /^Recording from another machine \(Linux \d/);
    assert.ok(shown.filter(({ recorded }) => recorded).length > 1, 'also what comes only after it');
  });

  it('shows nothing that was recorded where the machine can', async () => {
    const taken = await lesson('01-nobody');
    const states: TaskState[] = taken.tasks.map(({ id }) => ({ id, passed: false }));
    const { blocks, lacks } = lessonModel(taken, 'en', states, values, nothing, t);
    assert.ok(blocks.every((block) => block.kind === 'prose' || block.recorded === undefined));
    assert.equal(lacks, '');
  });

  it('has every word in Slovak that it has in English', async () => {
    const taken = await lesson('02-map');
    const used = new Set<string>();
    const note: typeof t = (message, ...args) => {
      used.add(message);
      return t(message, ...args);
    };
    const lacks = { needs: new Set(['user'] as const), programs: new Set(['unshare']) };
    lessonModel(taken, 'en', [{ id: 'enter', passed: true }], values, lacks, note);
    tasksOfEveryState(taken, note);
    for (const message of used) assert.ok(message in slovak, message);
  });

  it('takes nothing else from the page than what that may ask', () => {
    assert.equal(isFromLessonPage({ type: 'run', name: 'x' }), true);
    assert.equal(isFromLessonPage({ type: 'run' }), false);
    assert.equal(isFromLessonPage({ type: 'resetTask', id: 'x' }), true);
    assert.equal(isFromLessonPage({ type: 'resetTask', id: 1 }), false);
    assert.equal(isFromLessonPage({ type: 'exec', name: 'x' }), false);
  });
});

function tasksOfEveryState(taken: Lesson, note: typeof t): void {
  const finding = { fact: 'uid', expected: 1, found: null, passed: false, negated: false } as const;
  const states: TaskState[] = [
    {
      id: 'enter',
      passed: false,
      verdict: { passed: false, findings: [finding, { ...finding, negated: true }] },
    },
    { id: 'deny', passed: null, verdict: { passed: null, findings: [] } },
    { id: 'groups', passed: null, skipped: { why: 'needs', needs: ['user'], programs: [] } },
    { id: 'users', passed: null, skipped: { why: 'after', task: 'groups' } },
    { id: 'power', passed: false, skipped: { why: 'again' } },
  ];
  lessonModel(taken, 'en', states, values, nothing, note);
}
