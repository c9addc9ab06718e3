import type * as z from 'zod/mini';
import type { Format } from './profileDefinition';
import type { RuleViolation } from './profileRules';

/** What is wrong with an entry of anton.profiles, and where. Plain data; ui/words/profileRules.ts has the words. */
export interface ProfileProblem {
  /** The entry's name; '' for the setting as a whole. */
  readonly profile: string;
  /** 'map.uid[1].length'; '' for the entry as a whole. */
  readonly place: string;
  readonly cause: ProblemCause;
}

export type ProblemCause =
  | { readonly problem: 'type'; readonly expected: string }
  | { readonly problem: 'missing' }
  | { readonly problem: 'choice'; readonly choices: readonly string[] }
  | { readonly problem: 'unknownParts'; readonly names: readonly string[] }
  | { readonly problem: 'tooSmall' | 'tooLarge' | 'tooShort' | 'tooLong'; readonly limit: number }
  | { readonly problem: 'format'; readonly format: Format }
  | { readonly problem: 'name' | 'builtInName' | 'noFolder' }
  | { readonly problem: 'notAbsolute' | 'unknownVariable'; readonly text: string }
  | { readonly problem: 'unknownParent' | 'brokenParent'; readonly parent: string }
  | { readonly problem: 'cycle'; readonly names: readonly string[] }
  | { readonly problem: 'rule'; readonly violation: RuleViolation };

type Issue = z.core.$ZodIssue;

/** zod's issues as problems of an entry. */
export function problemsOf(profile: string, issues: readonly Issue[]): readonly ProfileProblem[] {
  return issues.map((issue) => {
    const { path, leaf } = deepest(issue);
    return { profile, place: placeOf(path), cause: causeOf(leaf) };
  });
}

/** ['map', 'uid', 1, 'length'] -> 'map.uid[1].length' */
export function placeOf(path: readonly PropertyKey[]): string {
  return path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('')
    .replace(/^\./, '');
}

/** Of a choice between shapes, the shape that fits best: whose issue lies deepest, or is not about its type. */
function deepest(issue: Issue, above: readonly PropertyKey[] = []): { path: PropertyKey[]; leaf: Issue } {
  const path = [...above, ...issue.path];
  if (issue.code !== 'invalid_union' || issue.errors.length === 0) return { path, leaf: issue };
  const isClose = (each: Issue): boolean =>
    each.path.length > 0 || !['invalid_type', 'invalid_value'].includes(each.code);
  const first = issue.errors.map(([each]) => each).filter((each) => each !== undefined);
  const best = first.find(isClose) ?? first[0];
  return best ? deepest(best, path) : { path, leaf: issue };
}

function causeOf(issue: Issue): ProblemCause {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined
        ? { problem: 'missing' }
        : { problem: 'type', expected: issue.expected === 'int' ? 'integer' : issue.expected };
    case 'invalid_value':
      return { problem: 'choice', choices: issue.values.map(String) };
    case 'unrecognized_keys':
      return { problem: 'unknownParts', names: issue.keys };
    case 'too_small':
      return {
        problem: isLength(issue.origin) ? 'tooShort' : 'tooSmall',
        limit: Number(issue.minimum),
      };
    case 'too_big':
      return { problem: isLength(issue.origin) ? 'tooLong' : 'tooLarge', limit: Number(issue.maximum) };
    case 'invalid_format':
      return { problem: 'format', format: issue.message as Format };
    case 'invalid_key':
      return { problem: 'format', format: 'variable' };
    default:
      return { problem: 'type', expected: 'object' };
  }
}

function isLength(origin: string): boolean {
  return origin === 'string' || origin === 'array';
}
