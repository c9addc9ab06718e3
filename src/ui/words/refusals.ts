import type { FailureData } from '../../kernel/failure';
import { harmless } from '../../kernel/harmless';
import { causeOf } from '../../runtime/causeOf';
import type { CauseName } from '../../runtime/causes';
import type { Machine } from '../../runtime/machine';
import type { Translate } from '../translate';
import { causeWords } from './causes';
import type { Explanation } from './explanation';
import { explainPlace } from './placeRefusals';
import { explainRequest } from './requestRefusals';
import { explainRuntime } from './runtimeRefusals';
import { explainScan } from './scanRefusals';
import { isNamespaceStep, whatFailed } from './whatFailed';

/** Causes of which Check This Machine would find no more than is said already. */
const known: readonly CauseName[] = [
  'not-linux',
  'no-library',
  'noexec',
  'old-libc',
  'too-many-files',
  'too-many-processes',
  'too-many-mounts',
  'no-pseudoterminal',
  'no-memory',
  'disk-full',
];

/**
 * The words for every refusal: for what was asked for, in requestRefusals.ts; for the files and folders that a profile
 * names, in placeRefusals.ts; for what the machine is about, those of its cause, in causes.ts.
 */
export function explain(failure: FailureData, machine: Machine, t: Translate): Explanation {
  const ofScan = explainScan(failure, t);
  if (ofScan) return ofScan;
  if (failure.code === 'EMFILE' || failure.code === 'ENFILE') return explainMachine(failure, machine, t);
  return (
    explainRuntime(failure, t) ??
    explainRequest(failure, t) ??
    explainPlace(failure, machine, t) ??
    explainMachine(failure, machine, t)
  );
}

/** What the kernel, a limit or a policy refused. */
function explainMachine(failure: FailureData, machine: Machine, t: Translate): Explanation {
  const cause = causeOf(failure, machine);
  const { why, remedy } = causeWords(cause, machine, t);
  const what = whatFailed(failure, t);
  if (cause.cause === 'unknown') {
    const code = failure.code || harmless(failure.subject ?? '');
    return { what, why: t('The step {0} was refused: {1}.', failure.step, code), remedy, machine: true };
  }
  if (known.includes(cause.cause)) return { what, why, remedy };
  if (!isNamespaceStep(failure.step)) return { what, why, remedy, machine: true };
  const withPlain = t('{0} Until then the profile plain works, without isolation.', remedy);
  return { what, why, remedy: withPlain, machine: true };
}
