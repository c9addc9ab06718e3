import type { CheckedKind } from './check';

/** true, false, or null: it could not be told. */
export type Passed = boolean | null;

/** Plain data without words, so that any language can make its sentence of it. */
export type Plain = null | boolean | number | string | readonly Plain[] | { readonly [key: string]: Plain };

/** The facts that a condition can name. */
export type Fact =
  | `ns.${CheckedKind}`
  | 'uidMap'
  | 'gidMap'
  | 'setgroups'
  | 'nspid.depth'
  | 'nspid.inside'
  | 'capabilities'
  | 'uid'
  | 'name'
  | 'depth'
  | 'mount'
  | 'file'
  | 'hostname'
  | 'devices'
  | 'addresses'
  | 'clock.monotonic'
  | 'clock.boottime'
  | 'inside'
  | 'other';

/** One fact that was looked at: what it had to be, and what it was. */
export interface Finding {
  /** As lesson.yaml names it. */
  readonly fact: Fact;
  readonly expected: Plain;
  /** null: it may not be read. */
  readonly found: Plain;
  readonly passed: Passed;
  /** True below a `not`: the expected must not be. */
  readonly negated: boolean;
  /** Of the host itself, not of a process. */
  readonly ofHost?: true;
  /** Below a `not` around `process`: no process may be so. */
  readonly ofNone?: true;
}

export interface Verdict {
  readonly passed: Passed;
  /** Of the process that fulfils the check, or of the one that comes nearest to it. */
  readonly findings: readonly Finding[];
  /** That process's PID on the host. */
  readonly process?: number;
}

/** False if one is false, else null if one is unknown. */
export function every(parts: readonly Passed[]): Passed {
  if (parts.includes(false)) return false;
  return parts.includes(null) ? null : true;
}

/** True if one is true, else null if one is unknown. */
export function some(parts: readonly Passed[]): Passed {
  if (parts.includes(true)) return true;
  return parts.includes(null) ? null : false;
}

export function opposite(passed: Passed): Passed {
  return passed === null ? null : !passed;
}
