import type { Check } from './check';
import type { LessonText } from './lessonText';
import type { Recording } from './recording';
import type { Variable } from './variables';

/** The languages in which lessons are written. The first is the one that is never missing. */
export const languages = ['en', 'sk'] as const;
export type Language = (typeof languages)[number];

/** What a machine must be able to do: the rungs of "Check This Machine", and `ordinary`: not to be root. */
export const needs = [
  'user',
  'map',
  'pid',
  'mnt',
  'proc',
  'uts',
  'ipc',
  'net',
  'cgroup',
  'time',
  'root',
  'overlay',
  'ranges',
  'network',
  'limits',
  'ordinary',
] as const;
export type Need = (typeof needs)[number];

/** A lesson has up to two terminals: the one it is about, and one beside it that stays on the host. */
export const terminals = ['first', 'second'] as const;
export type LessonTerminal = (typeof terminals)[number];

/** The parts of the side panel to which a lesson can turn it. */
export const inspectorSections = ['namespaces', 'users', 'processes', 'ownership', 'steps'] as const;
export type InspectorSection = (typeof inspectorSections)[number];

/** A line that solves a task, as a person would type it. */
export interface SolvingLine {
  readonly terminal: LessonTerminal;
  readonly type: string;
}

/** The text stands in the lesson's texts under this key. */
export interface Hint {
  readonly key: string;
  /** When it helps; without it, always. */
  readonly while?: Check;
}

export interface Task {
  readonly id: string;
  /** edge: it counts once it was done. level: it counts as long as it is true. */
  readonly when: 'edge' | 'level';
  readonly check: Check;
  /** What has to be seen before the check counts: without it, "nothing is there" is true before anything was done. */
  readonly baseline?: Check;
  /** A task that has to be passed before. */
  readonly after?: string;
  readonly needs: readonly Need[];
  readonly programs: readonly string[];
  readonly hints: readonly Hint[];
  /** To which the side panel turns when a command of this task is run. */
  readonly section?: InspectorSection;
  /** Hidden from students: tests type it. */
  readonly solve: readonly SolvingLine[];
}

/** What lesson.yaml says, which holds in every language. */
export interface LessonPlan {
  readonly id: string;
  /** Name of the profile with which the lesson's first terminal opens. */
  readonly profile: string;
  readonly needs: readonly Need[];
  /** Programs that the lesson uses, looked for on PATH. */
  readonly programs: readonly string[];
  readonly variables: Readonly<Record<string, Variable>>;
  readonly tasks: readonly Task[];
}

/** A folder of media/lessons/. */
export interface Lesson extends LessonPlan {
  /** From the folder's name: 07-proc is lesson 7. */
  readonly number: number;
  readonly folder: string;
  readonly texts: Readonly<Record<Language, LessonText>>;
  readonly recording?: Recording;
}
