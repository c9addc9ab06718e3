import type { Finding, Plain } from '../../lessons/verdict';
import type { Translate } from '../translate';
import { type FindingWords, shown } from './findingWords';

export type AmountFact =
  'nspid.depth' | 'nspid.inside' | 'uid' | 'depth' | 'inside' | 'clock.monotonic' | 'clock.boottime';

/** A number that was found, and the number or the bounds that it has to fit. */
export function describeAmount(fact: AmountFact, finding: Finding, t: Translate): FindingWords {
  return { found: foundAmount(fact, shown(finding.found), t), wanted: wantedAmount(finding, t) };
}

function foundAmount(fact: AmountFact, value: string, t: Translate): string {
  switch (fact) {
    case 'nspid.depth':
      return t('The number of the process’s PIDs, one for each PID namespace around it, is {0}.', value);
    case 'nspid.inside':
      return t('The PID of the process in its own PID namespace is {0}.', value);
    case 'uid':
      return t('The process’s uid, seen from the host, is {0}.', value);
    case 'depth':
      return t('The number of the lesson’s processes above the process is {0}.', value);
    case 'inside':
      return t('The number of processes in its PID namespace is {0}.', value);
    case 'clock.monotonic':
      return t('The offset of the monotonic clock, in seconds, is {0}.', value);
    case 'clock.boottime':
      return t('The offset of the boot-time clock, in seconds, is {0}.', value);
  }
}

function wantedAmount({ expected, negated }: Finding, t: Translate): string {
  if (typeof expected !== 'object' || expected === null) return exactly(expected, negated, t);
  const { is, atLeast, atMost } = expected as Readonly<Record<string, Plain | undefined>>;
  if (is !== undefined) return exactly(is, negated, t);
  if (negated) return t('It has to be another number.');
  if (atLeast !== undefined && atMost !== undefined)
    return t('It has to be at least {0} and at most {1}.', shown(atLeast), shown(atMost));
  if (atLeast !== undefined) return t('It has to be at least {0}.', shown(atLeast));
  return atMost === undefined ? '' : t('It has to be at most {0}.', shown(atMost));
}

function exactly(value: Plain, negated: boolean, t: Translate): string {
  return negated ? t('It must not be {0}.', shown(value)) : t('It has to be {0}.', shown(value));
}
