import { harmless } from '../../kernel/harmless';
import type { Cause } from '../../runtime/causes';
import type { Machine } from '../../runtime/machine';
import type { Translate } from '../translate';

/** Why something does not work, and what to do, in a sentence or two each. */
export interface CauseWords {
  readonly why: string;
  readonly remedy: string;
}

/** Makes the words for one cause. */
export type Teller = (about: CauseFacts, t: Translate) => CauseWords;

export interface CauseFacts {
  /** What it is about; '' if nothing more is known. */
  readonly subject: string;
  /** The Linux version that brought what is missing. */
  readonly since: string;
  readonly machine: Machine;
}

export function factsOf({ subject = '', since = '' }: Cause, machine: Machine): CauseFacts {
  return { subject: harmless(subject), since, machine };
}
