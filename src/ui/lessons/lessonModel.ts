import { fromMarkdown } from 'mdast-util-from-markdown';
import type { RootContent } from 'mdast';
import type { Language, Lesson } from '../../lessons/lesson';
import type { Block } from '../../lessons/lessonText';
import type { Lacks, TaskState } from '../../lessons/progress';
import { fill, type Values } from '../../lessons/variables';
import type { Translate } from '../translate';
import { describeFinding } from '../words/findings';
import type { HintPart, LessonModel, PageBlock, TaskBlock } from './protocol';
import { RecordedParts } from './recorded';

/** More than that nobody reads at once. */
const mostDetails = 2;

/** What a lesson's page shows: the text with its commands, and the state of each task. */
export function lessonModel(
  lesson: Lesson,
  language: Language,
  states: readonly TaskState[],
  values: Values,
  lacks: Lacks,
  t: Translate,
): LessonModel {
  const text = lesson.texts[language];
  const done = states.filter(({ passed }) => passed === true).length;
  const recorded = new RecordedParts(lesson, states, t);
  const missing = [
    ...lesson.needs.filter((need) => lacks.needs.has(need)),
    ...lesson.programs.filter((program) => lacks.programs.has(program)),
  ];
  return {
    id: lesson.id,
    title: text.title,
    language,
    progress: t('{0} of {1} tasks done', done, states.length),
    reset: t('Begin Again'),
    notice: '',
    nextHint: t('Another Hint'),
    lacks:
      missing.length === 0
        ? ''
        : [
            t(
              'This machine lacks what the lesson needs: {0}. You can read it; its tasks are left out. “Anton: Check This Machine” says why.',
              missing.join(', '),
            ),
            ...(lesson.recording ? [t('What its commands show elsewhere was recorded.')] : []),
          ].join(' '),
    blocks: text.blocks.flatMap((block) => pageBlock(block, text.blocks, states, values, recorded, t)),
  };
}

/** Hints are not where they stand in the text, but with the task that they help with. */
function pageBlock(
  block: Block,
  all: readonly Block[],
  states: readonly TaskState[],
  values: Values,
  recorded: RecordedParts,
  t: Translate,
): readonly PageBlock[] {
  switch (block.kind) {
    case 'prose':
      return [{ kind: 'prose', nodes: nodesOf(block.source, values) }];
    case 'command': {
      const where = block.terminal === 'second' ? t('in the second terminal') : '';
      const code = fill(block.code, values);
      const spoken = t('Run {0}', [code.split('\n')[0], where].filter(Boolean).join(' '));
      const { name } = block;
      return [
        { kind: 'command', name, code, where, run: t('Run'), spoken, recorded: recorded.ofCommand(name) },
      ];
    }
    case 'task': {
      const index = states.findIndex(({ id }) => id === block.id);
      const state = states[index];
      const again = { label: t('Do It Again'), spoken: t('Do task {0} again', index + 1) };
      return [
        {
          ...{ kind: 'task', id: block.id, ...stateOf(state, t) },
          hints: hintsOf(state, all, values, t),
          again: state?.passed === true ? again : undefined,
          recorded: recorded.ofTask(block.id),
        },
      ];
    }
    case 'hint':
      return [];
  }
}

/** Only where something was looked at: a hint beside a task that nobody has begun is in the way. */
function hintsOf(
  state: TaskState | undefined,
  blocks: readonly Block[],
  values: Values,
  t: Translate,
): readonly HintPart[] {
  if (!state?.verdict || state.verdict.findings.length === 0) return [];
  return (state.hints ?? []).flatMap((key) => {
    const block = blocks.find((each) => each.kind === 'hint' && each.key === key);
    if (block?.kind !== 'hint') return [];
    const heading = /<summary>([^<]*)<\/summary>/.exec(block.source)?.[1] ?? t('Hint');
    return [{ heading: fill(heading, values), nodes: nodesOf(block.text, values) }];
  });
}

/** How far a task is, in words. */
export function stateOf(
  state: TaskState | undefined,
  t: Translate,
): Pick<TaskBlock, 'state' | 'word' | 'details'> {
  const skipped = state?.skipped;
  const waiting = skipped?.why === 'after' || skipped?.why === 'baseline' || !state;
  if (state?.passed === true) return { state: 'done', word: t('Done'), details: [] };
  if (skipped?.why === 'needs')
    return {
      ...{ state: 'unknown', word: t('Left out') },
      details: [t('This machine lacks: {0}', [...skipped.needs, ...skipped.programs].join(', '))],
    };
  if (skipped?.why === 'again')
    return {
      ...{ state: 'open', word: t('Not yet') },
      details: [t('This still holds from before. Undo it first, then do it again.')],
    };
  if (waiting) return { state: 'waiting', word: t('Waits for the task above'), details: [] };
  return {
    state: state.passed === null ? 'unknown' : 'open',
    word: state.passed === null ? t('Cannot be told') : t('Not yet'),
    details: detailsOf(state, t),
  };
}

function detailsOf({ verdict }: TaskState, t: Translate): readonly string[] {
  if (!verdict) return [];
  if (verdict.findings.length === 0)
    return [t('The lesson’s terminal is not open. Run a command, and it opens.')];
  const wrong = verdict.findings.filter(({ passed }) => passed !== true);
  return [...new Set(wrong.map((finding) => describeFinding(finding, t)))].slice(0, mostDetails);
}

function nodesOf(source: string, values: Values): readonly RootContent[] {
  return fromMarkdown(fill(source, values)).children.map(withoutPositions);
}

/** Offsets are nobody's business on the page. */
function withoutPositions<T extends object>(node: T): T {
  const copy = { ...node } as T & { position?: unknown; children?: readonly object[] };
  delete copy.position;
  if (copy.children) copy.children = copy.children.map(withoutPositions);
  return copy;
}
