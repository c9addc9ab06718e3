import type { PlannedStep } from '../../runtime/plannedSteps';
import type { Profile } from '../../runtime/profile';
import type { Translate } from '../translate';
import { explainStep } from './steps';

/**
 * A profile as JSON with comments: what it is with all that it inherits, in the shape of the setting, and what opening
 * a terminal with it does.
 * @param steps a text if they cannot be foreseen: what would be refused.
 */
export function profileText(
  { name, ...parts }: Profile,
  steps: readonly PlannedStep[] | string,
  t: Translate,
): string {
  const lines = [
    ...comment(t('The profile {0}, with everything that it inherits.', name)),
    ...JSON.stringify({ [name]: parts }, undefined, 2).split('\n'),
    '',
    ...(typeof steps === 'string'
      ? comment(t('A terminal with it cannot be opened now: {0}', steps))
      : comment(t('What opening a terminal with it does, in this order. PID is its first process.'))),
    ...(typeof steps === 'string' ? [] : ['//', ...steps.flatMap((step, i) => stepLines(step, i + 1, t))]),
  ];
  return `${lines.join('\n')}\n`;
}

function stepLines({ step, call }: PlannedStep, number: number, t: Translate): string[] {
  const words = explainStep(step, t);
  const begin = `${String(number).padStart(2)}. `;
  return words === '' ? comment(begin + call) : comment(begin + words, `    ${call}`);
}

/** No text may end the comment that it stands in. */
function comment(...texts: readonly string[]): string[] {
  return texts.map((text) => `// ${text.replace(/[\r\n\u2028\u2029]+/g, ' ')}`);
}
