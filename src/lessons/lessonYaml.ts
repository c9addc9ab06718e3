import { isMap, isNode, isPair, isScalar, LineCounter, parseDocument, type Document } from 'yaml';
import type * as z from 'zod/mini';
import type { LessonPlan } from './lesson';
import { notAnAmount } from './checkSchema';
import { lessonSchema, planOf } from './lessonSchema';
import type { Fault, ProblemCause } from './problems';
import { notADate, type Recording, recordingSchema } from './recording';

export interface YamlProblem {
  readonly line: number;
  readonly cause: ProblemCause;
}

/** A YAML file, its data if it has the shape that is asked for, and how to find a place of it in the file. */
export interface ReadYaml<T> {
  readonly data?: T;
  readonly problems: readonly YamlProblem[];
  /** The line of `tasks[1].check`, given as ['tasks', 1, 'check']; of what is around it if it is not there. */
  readonly lineOf: (path: readonly PropertyKey[]) => number;
}

/** lesson.yaml */
export function parseLessonYaml(source: string): ReadYaml<LessonPlan> {
  const { data, ...rest } = parseYaml(source, lessonSchema);
  return data ? { ...rest, data: planOf(data) } : rest;
}

/** recording.yaml */
export function parseRecordingYaml(source: string): ReadYaml<Recording> {
  return parseYaml(source, recordingSchema);
}

function parseYaml<T>(source: string, schema: z.ZodMiniType<T>): ReadYaml<T> {
  const lines = new LineCounter();
  const document = parseDocument(source, { lineCounter: lines, prettyErrors: false });
  const lineOf = (path: readonly PropertyKey[]): number => lines.linePos(offsetOf(document, path)).line;
  if (document.errors.length > 0) {
    const problems = document.errors.map(({ message, pos }) => ({
      line: lines.linePos(pos[0]).line,
      cause: { problem: 'syntax', message } as const,
    }));
    return { problems, lineOf };
  }
  const result = schema.safeParse(document.toJS());
  if (result.success) return { data: result.data, problems: [], lineOf };
  const problems = result.error.issues.map((issue) => {
    const { path, fault } = deepest(issue);
    return { line: lineOf(path), cause: { problem: 'shape', place: placeOf(path), fault } as const };
  });
  return { problems, lineOf };
}

/** Where a key stands, or an item of a list; of a path that leads nowhere, how far it leads. */
function offsetOf(document: Document.Parsed, path: readonly PropertyKey[]): number {
  for (let length = path.length; length > 0; length--) {
    const parent = document.getIn(path.slice(0, length - 1), true);
    const last = path[length - 1];
    const pair = isMap(parent)
      ? parent.items.find((item) => isPair(item) && isScalar(item.key) && item.key.value === last)
      : undefined;
    const node = pair?.key ?? document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return 0;
}

type Issue = z.core.$ZodIssue;

interface Deep {
  readonly path: readonly PropertyKey[];
  readonly fault: Fault;
}

/** Of a choice between shapes, what is wrong with the one that fits best: whose issue lies deepest. */
function deepest(issue: Issue, above: readonly PropertyKey[] = []): Deep {
  const unknown = issue.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [];
  const path = [...above, ...issue.path, ...unknown];
  if (issue.code !== 'invalid_union' || issue.errors.length === 0) return { path, fault: faultOf(issue) };
  const inner = issue.errors.flatMap(([first]) => (first ? [deepest(first, path)] : []));
  const [first] = inner;
  return inner.reduce((best, each) => (each.path.length > best.path.length ? each : best), {
    path,
    fault: first?.fault ?? faultOf(issue),
  });
}

function faultOf(issue: Issue): Fault {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined ? { fault: 'missing' } : { fault: 'type', expected: issue.expected };
    case 'invalid_value':
      return { fault: 'choice', choices: issue.values.map(String) };
    case 'unrecognized_keys':
      return { fault: 'keys', keys: issue.keys };
    case 'too_small':
      return { fault: issue.origin === 'string' || issue.origin === 'array' ? 'empty' : 'small' };
    case 'custom':
      return { fault: 'nothing' };
    case 'invalid_format':
      return [notAnAmount, notADate].includes(issue.message)
        ? { fault: 'type', expected: issue.message }
        : { fault: 'name' };
    default:
      return { fault: 'other', message: issue.message };
  }
}

/** ['tasks', 1, 'check'] -> 'tasks[1].check' */
function placeOf(path: readonly PropertyKey[]): string {
  return path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('')
    .replace(/^\./, '');
}
