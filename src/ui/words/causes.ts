import type { Cause, CauseName } from '../../runtime/causes';
import type { Machine } from '../../runtime/machine';
import type { Translate } from '../translate';
import { type CauseWords, factsOf, type Teller } from './causeFacts';
import { kernelCauses } from './kernelCauses';
import { meansCauses } from './meansCauses';
import { policyCauses } from './policyCauses';

const tellers: Record<CauseName, Teller> = { ...kernelCauses, ...policyCauses, ...meansCauses };

/** The words for every cause, for refused starts and for the document of Check This Machine. */
export function causeWords(cause: Cause, machine: Machine, t: Translate): CauseWords {
  return tellers[cause.cause](factsOf(cause, machine), t);
}
