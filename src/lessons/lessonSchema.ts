import * as z from 'zod/mini';
import { check } from './checkSchema';
import { inspectorSections, needs, terminals, type LessonPlan } from './lesson';

const id = z.string().check(z.regex(/^[a-z][a-z0-9-]*$/, 'a name of small letters, digits and hyphens'));
const text = z.string().check(z.minLength(1));
const { exactOptional: optional } = z;

const line = z.union([text, z.strictObject({ terminal: z.enum(terminals), type: text })]);

const task = z.strictObject({
  id,
  when: z.enum(['edge', 'level']),
  check,
  baseline: optional(check),
  after: optional(id),
  section: optional(z.enum(inspectorSections)),
  needs: optional(z.array(z.enum(needs))),
  programs: optional(z.array(text)),
  hints: optional(z.array(z.strictObject({ key: id, while: optional(check) }))),
  solve: z.array(line),
});

const variable = z.union([
  z.strictObject({ word: z.literal(true) }),
  z.strictObject({
    from: z.int(),
    to: z.int(),
    step: optional(z.int().check(z.minimum(1))),
  }),
]);

/** The shape of lesson.yaml. */
export const lessonSchema = z.strictObject({
  id,
  profile: text,
  needs: optional(z.array(z.enum(needs))),
  programs: optional(z.array(text)),
  variables: optional(z.record(id, variable)),
  tasks: z.array(task).check(z.minLength(1)),
});

export type WrittenLesson = z.infer<typeof lessonSchema>;

/** What lesson.yaml leaves out is empty; a line without a terminal is for the first. */
export function planOf(written: WrittenLesson): LessonPlan {
  const { needs = [], programs = [], variables = {}, tasks, ...rest } = written;
  return {
    ...rest,
    needs,
    programs,
    variables,
    tasks: tasks.map(({ needs = [], programs = [], hints = [], solve, ...task }) => ({
      ...task,
      needs,
      programs,
      hints,
      solve: solve.map((each) => (typeof each === 'string' ? { terminal: 'first', type: each } : each)),
    })),
  };
}
