import type { IdMap } from '../kernel/idMap';
import type { Amount, Bounds, MapRow } from './check';
import { fill, type Values } from './variables';
import { every, type Finding, type Passed, type Plain } from './verdict';

type Looked = Pick<Finding, 'expected' | 'found' | 'passed'>;

/** Undefined is what may not be read, so nothing can be said about it. */
export function same(found: string | number | undefined, expected: string | number): Looked {
  return { expected, found: found ?? null, passed: found === undefined ? null : found === expected };
}

export function numberIs(found: number | undefined, expected: Amount, values: Values): Looked {
  return same(found, amountOf(expected, values));
}

export function bounded(found: number | undefined, bounds: Bounds, values: Values): Looked {
  const expected = filled(bounds, values);
  if (found === undefined) return { expected, found: null, passed: null };
  const within = (bound: Amount | undefined, compare: (limit: number) => boolean): Passed =>
    bound === undefined || compare(amountOf(bound, values));
  const passed = every([
    within(bounds.is, (limit) => found === limit),
    within(bounds.atLeast, (limit) => found >= limit),
    within(bounds.atMost, (limit) => found <= limit),
  ]);
  return { expected, found, passed };
}

/** The rows in any order: the kernel keeps them as they were written. */
export function mapIs(
  found: IdMap | undefined,
  expected: 'empty' | readonly MapRow[],
  values: Values,
): Looked {
  const wanted = expected === 'empty' ? [] : expected.map((row) => row.map((each) => amountOf(each, values)));
  const rows = found?.map(({ inside, outside, length }) => [inside, outside, length]);
  const sorted = (each: readonly (readonly number[])[]): string => each.map(String).sort().join(';');
  return { expected: wanted, found: rows ?? null, passed: rows ? sorted(rows) === sorted(wanted) : null };
}

function amountOf(amount: Amount, values: Values): number {
  return typeof amount === 'number' ? amount : Number(fill(amount, values));
}

/** A part of a check as plain data, with the variables' values in it. */
export function filled(part: object, values: Values): Plain {
  return JSON.parse(JSON.stringify(part), (_, value: Plain) =>
    typeof value === 'string' ? fill(value, values) : value,
  ) as Plain;
}
