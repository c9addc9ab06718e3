import { harmless } from '../../../kernel/harmless';
import type { StepRecord } from '../../../runtime/runtime';
import { explainStep } from '../../words/steps';
import type { StepsModel } from '../protocol';
import type { Reader } from '../reader';

/** How a terminal was made: each system call with its time. */
export function stepsSection(records: readonly StepRecord[], { t, language }: Reader): StepsModel {
  const digits = (count: number): Intl.NumberFormat =>
    new Intl.NumberFormat(language, { minimumFractionDigits: count, maximumFractionDigits: count });
  const [whole, fine] = [digits(0), digits(2)];
  const total = records.reduce((latest, { begin, duration }) => Math.max(latest, begin + duration), 0);
  return {
    heading: t('How it was made'),
    columns: { step: t('Step'), meaning: t('What it does'), took: t('Time') },
    total: records.length === 0 ? '' : t('{0} ms from the request to the program', fine.format(total / 1000)),
    copy: { label: t('Copy as text'), text: stepsAsText(records) },
    rows: records.map(({ step, call, code, duration }) => ({
      call: harmless(call),
      meaning: explainStep(step, t),
      took: t('{0} µs', whole.format(duration)),
      failed: code === '' ? '' : t('failed: {0}', harmless(code)),
    })),
  };
}

/** `   1312 µs  clone(CLONE_NEWUSER|SIGCHLD) = 25435`: the same in every language, to be pasted into a report. */
function stepsAsText(records: readonly StepRecord[]): string {
  return records
    .map(({ call, duration }) => `${duration.toFixed(0).padStart(7)} µs  ${harmless(call)}\n`)
    .join('');
}
