import { harmless } from '../../kernel/harmless';
import type { Plain } from '../../lessons/verdict';

/** What was found, and what has to be instead; each a sentence. */
export interface FindingWords {
  readonly found: string;
  /** '' if the first sentence says it. */
  readonly wanted: string;
}

/** A value of a finding, safe to show. */
export function shown(value: Plain): string {
  return harmless(typeof value === 'string' ? value : JSON.stringify(value)).slice(0, 80);
}
