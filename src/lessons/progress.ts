import { evaluate } from './evaluate';
import type { Facts } from './facts';
import type { Hint, LessonPlan, Need, Task } from './lesson';
import type { Values } from './variables';
import type { Passed, Verdict } from './verdict';

/** What of a task is remembered from one look to the next. Plain data: it is kept in the student's storage. */
export interface Memory {
  /** An edge that was seen. */
  readonly done?: boolean;
  /** The baseline was seen, so a negative check means something. */
  readonly baseline?: boolean;
  /** It is to be done again, and what holds from before does not count. */
  readonly again?: true;
}

export type LessonMemory = Readonly<Record<string, Memory>>;

/** Why a task was not looked at. */
export type Skipped =
  | { readonly why: 'needs'; readonly needs: readonly Need[]; readonly programs: readonly string[] }
  | { readonly why: 'after'; readonly task: string }
  /** Something has to be seen first, for only then "it is gone" can be told from "it never was". */
  | { readonly why: 'baseline' }
  /** It is to be done again, but still holds from before. */
  | { readonly why: 'again' };

export interface TaskState {
  readonly id: string;
  readonly passed: Passed;
  readonly skipped?: Skipped;
  /** What was seen, also of an edge that was passed before. */
  readonly verdict?: Verdict;
  /** Keys of the hints that fit what was seen, the best first. */
  readonly hints?: readonly string[];
}

export interface Look {
  readonly tasks: readonly TaskState[];
  readonly memory: LessonMemory;
}

/** What this machine lacks. */
export interface Lacks {
  readonly needs: ReadonlySet<Need>;
  readonly programs: ReadonlySet<string>;
}

/** Looks at a lesson once; called again and again, with the memory of the look before. */
export function look(
  lesson: LessonPlan,
  memory: LessonMemory,
  facts: Facts,
  values: Values,
  lacks: Lacks,
): Look {
  const states: TaskState[] = [];
  const memories: Record<string, Memory> = {};
  for (const task of lesson.tasks) {
    const passed = new Set(states.filter((each) => each.passed === true).map(({ id }) => id));
    const before = memory[task.id] ?? {};
    const missing = missingFor(lesson, task, lacks);
    const result = missing
      ? { state: { id: task.id, passed: null, skipped: missing }, memory: before }
      : lookAtTask(task, passed, before, facts, values);
    states.push(result.state);
    memories[task.id] = result.memory;
  }
  return { tasks: states, memory: memories };
}

function lookAtTask(
  task: Task,
  passed: ReadonlySet<string>,
  before: Memory,
  facts: Facts,
  values: Values,
): { state: TaskState; memory: Memory } {
  const { id } = task;
  if (task.when === 'edge' && before.done) return { state: { id, passed: true }, memory: before };
  if (task.after !== undefined && !passed.has(task.after))
    return { state: { id, passed: null, skipped: { why: 'after', task: task.after } }, memory: before };
  if (task.baseline && !before.baseline) {
    const seen = evaluate(task.baseline, facts, values).passed === true;
    // What was only now seen cannot have changed already.
    return {
      state: { id, passed: false, ...(seen ? {} : { skipped: { why: 'baseline' } as const }) },
      memory: { ...before, baseline: seen },
    };
  }
  const verdict = evaluate(task.check, facts, values);
  if (before.again) {
    if (verdict.passed !== false)
      return { state: { id, passed: false, skipped: { why: 'again' } }, memory: before };
    const { baseline } = before;
    return lookAtTask(task, passed, baseline === undefined ? {} : { baseline }, facts, values);
  }
  const hints = verdict.passed === true ? {} : { hints: hintsFor(task.hints, facts, values) };
  const state = { id, passed: verdict.passed, verdict, ...hints };
  return { state, memory: verdict.passed === true ? { ...before, done: true } : before };
}

/** The memory of a lesson of which one task is to be done again. */
export function forgetTask(memory: LessonMemory, id: string): LessonMemory {
  return { ...memory, [id]: { again: true } };
}

/** Those without a condition fit always. */
function hintsFor(hints: readonly Hint[], facts: Facts, values: Values): readonly string[] {
  return hints
    .filter((hint) => !hint.while || evaluate(hint.while, facts, values).passed === true)
    .map(({ key }) => key);
}

function missingFor(lesson: LessonPlan, task: Task, lacks: Lacks): Skipped | undefined {
  const needs = [...new Set([...lesson.needs, ...task.needs])].filter((need) => lacks.needs.has(need));
  const programs = [...new Set([...lesson.programs, ...task.programs])].filter((each) =>
    lacks.programs.has(each),
  );
  return needs.length + programs.length > 0 ? { why: 'needs', needs, programs } : undefined;
}
