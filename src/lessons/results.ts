import type { Lesson, Task } from './lesson';
import type { TaskState } from './progress';
import type { Plain } from './verdict';

/** Why a check has not passed. */
export interface Cause {
  readonly rationale: string;
  readonly help: string | null;
}

/**
 * One check's result as check50 writes it (check50's json_specification): passed is null where it was skipped, and
 * `data` may hold anything.
 */
export interface Check50Result {
  readonly name: string;
  readonly description: string;
  readonly passed: boolean | null;
  readonly log: readonly string[];
  readonly cause: Cause | null;
  readonly data: Plain;
  readonly dependency: string | null;
}

export interface Check50Report {
  readonly slug: string;
  readonly results: readonly Check50Result[];
  readonly version: string;
}

/** The words, which the user interface knows. */
export interface ResultWords {
  describe(task: Task): string;
  explain(task: Task, state: TaskState): Cause;
}

export function reportOf(
  lesson: Lesson,
  states: readonly TaskState[],
  words: ResultWords,
  version: string,
): Check50Report {
  const results = lesson.tasks.map((task) => {
    const state = states.find(({ id }) => id === task.id) ?? { id: task.id, passed: null };
    return resultOf(lesson, task, state, words);
  });
  return { slug: `anton/${lesson.id}`, results, version };
}

function resultOf(lesson: Lesson, task: Task, state: TaskState, words: ResultWords): Check50Result {
  return {
    name: `${lesson.id}/${task.id}`,
    description: words.describe(task),
    passed: state.passed,
    log: [],
    cause: state.passed === true ? null : words.explain(task, state),
    data: dataOf(state),
    dependency: task.after === undefined ? null : `${lesson.id}/${task.after}`,
  };
}

/** Plain all through: what a Verdict and a Skipped hold crosses processes and goes into JSON as it is. */
function dataOf({ verdict, skipped, hints }: TaskState): Plain {
  const data = {
    findings: verdict?.findings ?? [],
    process: verdict?.process ?? null,
    skipped: skipped ?? null,
    hint: hints?.[0] ?? null,
  };
  return JSON.parse(JSON.stringify(data)) as Plain;
}
