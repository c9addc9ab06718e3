import { harmless } from '../../kernel/harmless';
import type { Lesson } from '../../lessons/lesson';
import type { TaskState } from '../../lessons/progress';
import type { Cause, ResultWords } from '../../lessons/results';
import { fill, type Values } from '../../lessons/variables';
import { language } from '../language';
import { stateOf } from '../lessons/lessonModel';
import type { Translate } from '../translate';

/** The words of a report: those that the lesson's page has for the same state. */
export function resultWords(lesson: Lesson, values: Values, t: Translate): ResultWords {
  return {
    describe: ({ id }) => id,
    explain: (_, state): Cause => {
      const { word, details } = stateOf(state, t);
      const rationale = [word, ...details].join('; ');
      return { rationale: oneLine(rationale), help: hintOf(lesson, state, values) };
    },
  };
}

/** The first of the hints that fit. */
function hintOf(lesson: Lesson, { hints: [hint] = [] }: TaskState, values: Values): string | null {
  if (hint === undefined) return null;
  const block = lesson.texts[language()].blocks.find((each) => each.kind === 'hint' && each.key === hint);
  return block?.kind === 'hint' ? oneLine(fill(block.text, values)) : null;
}

function oneLine(text: string): string {
  return harmless(text.replace(/\s+/g, ' ').trim()).slice(0, 1000);
}
