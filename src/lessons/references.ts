import type { Language, LessonPlan } from './lesson';
import type { Block, LessonText } from './lessonText';
import type { LessonProblem, ReferenceKind } from './problems';
import type { Recording } from './recording';
import { namesIn, surroundingNames } from './variables';

/** What the texts name of the plan has to be there, and the same in every language. */
export function checkTexts(
  plan: LessonPlan,
  texts: Readonly<Record<Language, LessonText>>,
): readonly LessonProblem[] {
  const all = [...new Set(Object.values(texts))];
  return all.flatMap((text) => [
    ...checkNames(text, 'task', namesOf(text, 'task'), new Set(plan.tasks.map(({ id }) => id))),
    ...checkNames(text, 'hint', namesOf(text, 'hint'), hintsOf(plan)),
    ...checkNames(text, 'command', namesOf(text, 'command'), commandsOf(all)),
    ...checkCommands(text, texts.en),
    ...checkVariables(text, plan),
    ...checkHints(text, plan),
  ]);
}

interface Named {
  readonly id: string;
  readonly line: number;
}

function namesOf(text: LessonText, kind: 'task' | 'hint' | 'command'): readonly Named[] {
  return text.blocks.flatMap((block) => {
    const id = block.kind === kind ? nameOf(block) : undefined;
    return id === undefined ? [] : [{ id, line: block.line }];
  });
}

function nameOf(block: Block): string | undefined {
  switch (block.kind) {
    case 'task':
      return block.id;
    case 'hint':
      return block.key;
    case 'command':
      return block.name;
    case 'prose':
      return undefined;
  }
}

function hintsOf({ tasks }: LessonPlan): ReadonlySet<string> {
  return new Set(tasks.flatMap(({ hints }) => hints.map(({ key }) => key)));
}

/** No command is in the plan; what one language has, the others need. */
function commandsOf(texts: readonly LessonText[]): ReadonlySet<string> {
  return new Set(texts.flatMap((text) => namesOf(text, 'command').map(({ id }) => id)));
}

function checkNames(
  { file, source }: LessonText,
  kind: ReferenceKind,
  used: readonly Named[],
  known: ReadonlySet<string>,
): LessonProblem[] {
  const lastLine = source.trimEnd().split('\n').length;
  const wrong = used.flatMap(({ id, line }, i): LessonProblem[] => {
    if (!known.has(id)) return [{ file, line, cause: { problem: 'unknown', kind, id } }];
    const isSecond = used.findIndex((each) => each.id === id) < i;
    return isSecond ? [{ file, line, cause: { problem: 'twice', kind, id } }] : [];
  });
  const absent = [...known].filter((id) => !used.some((each) => each.id === id));
  return [
    ...wrong,
    ...absent.map((id) => ({ file, line: lastLine, cause: { problem: 'absent', kind, id } as const })),
  ];
}

function checkCommands(text: LessonText, model: LessonText): LessonProblem[] {
  return text.blocks.flatMap((block): LessonProblem[] => {
    if (block.kind !== 'command') return [];
    const other = model.blocks.find((each) => each.kind === 'command' && each.name === block.name);
    if (other?.kind !== 'command') return [];
    if (other.code === block.code && other.terminal === block.terminal) return [];
    const cause = { problem: 'differs', id: block.name, other: model.file } as const;
    return [{ file: text.file, line: block.line, cause }];
  });
}

/** A hint shows where to look; a line that solves the task is none. */
function checkHints({ file, blocks }: LessonText, { tasks }: LessonPlan): LessonProblem[] {
  return blocks.flatMap((block): LessonProblem[] => {
    if (block.kind !== 'hint') return [];
    const task = tasks.find(({ hints }) => hints.some(({ key }) => key === block.key));
    const pieces = new Set(block.text.split(/[`\n]/).map((piece) => piece.trim()));
    const answer = task?.solve.find(({ type }) => pieces.has(type));
    if (!answer) return [];
    return [{ file, line: block.line, cause: { problem: 'hintIsAnswer', id: block.key, line: answer.type } }];
  });
}

/** `{{...}}` that stand for nothing. */
function checkVariables(
  { file, source }: { readonly file: string; readonly source: string },
  plan: LessonPlan,
): LessonProblem[] {
  const known = knownVariables(plan);
  return source.split('\n').flatMap((content, i) =>
    namesIn(content)
      .filter((name) => !known.has(name))
      .map((name) => unknown(file, i + 1, 'variable', name)),
  );
}

function knownVariables({ variables }: LessonPlan): ReadonlySet<string> {
  return new Set([...surroundingNames, ...Object.keys(variables)]);
}

/** What the plan names of itself: tasks that come before, variables. */
export function checkPlan(
  plan: LessonPlan,
  file: string,
  source: string,
  lineOf: (path: readonly PropertyKey[]) => number,
): readonly LessonProblem[] {
  const ids = plan.tasks.map(({ id }) => id);
  const problems = plan.tasks.flatMap(({ id, after }, i): LessonProblem[] => [
    ...(ids.indexOf(id) < i
      ? [{ file, line: lineOf(['tasks', i, 'id']), cause: { problem: 'twice', kind: 'task', id } as const }]
      : []),
    ...(after !== undefined && !ids.slice(0, i).includes(after)
      ? [unknown(file, lineOf(['tasks', i, 'after']), 'task', after)]
      : []),
  ]);
  return [...problems, ...checkVariables({ file, source }, plan)];
}

/** What the recording is of has to be there. */
export function checkRecording(
  { commands, tasks }: Recording,
  plan: LessonPlan,
  { blocks }: LessonText,
  file: string,
  lineOf: (path: readonly PropertyKey[]) => number,
): readonly LessonProblem[] {
  const isCommand = (id: string): boolean =>
    blocks.some((block) => block.kind === 'command' && block.name === id);
  const isTask = (id: string): boolean => plan.tasks.some((task) => task.id === id);
  const strangers = (names: readonly string[], isKnown: (id: string) => boolean): readonly string[] =>
    names.filter((id) => !isKnown(id));
  return [
    ...strangers(Object.keys(commands), isCommand).map((id) =>
      unknown(file, lineOf(['commands', id]), 'command', id),
    ),
    ...strangers(Object.keys(tasks), isTask).map((id) => unknown(file, lineOf(['tasks', id]), 'task', id)),
  ];
}

function unknown(file: string, line: number, kind: ReferenceKind, id: string): LessonProblem {
  return { file, line, cause: { problem: 'unknown', kind, id } };
}
