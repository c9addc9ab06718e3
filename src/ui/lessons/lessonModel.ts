import { fromMarkdown } from 'mdast-util-from-markdown';
import type { RootContent } from 'mdast';
import { harmless } from '../../kernel/harmless';
import type { Language, Lesson } from '../../lessons/lesson';
import type { Block } from '../../lessons/lessonText';
import type { Lacks, TaskState } from '../../lessons/progress';
import { fill, type Values } from '../../lessons/variables';
import type { Finding, Plain } from '../../lessons/verdict';
import type { Translate } from '../translate';
import type { LessonModel, PageBlock, TaskBlock } from './protocol';

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
  const hint = states.find((each) => each.passed !== true && each.hint !== undefined)?.hint;
  const done = states.filter(({ passed }) => passed === true).length;
  const missing = [
    ...lesson.needs.filter((need) => lacks.needs.has(need)),
    ...lesson.programs.filter((program) => lacks.programs.has(program)),
  ];
  return {
    title: text.title,
    language,
    progress: t('{0} of {1} tasks done', done, states.length),
    reset: t('Begin Again'),
    lacks:
      missing.length === 0
        ? ''
        : t(
            'This machine lacks what the lesson needs: {0}. You can read it; its tasks are left out. “Anton: Check This Machine” says why.',
            missing.join(', '),
          ),
    blocks: text.blocks.map((block) => pageBlock(block, states, hint, values, t)),
  };
}

function pageBlock(
  block: Block,
  states: readonly TaskState[],
  fitting: string | undefined,
  values: Values,
  t: Translate,
): PageBlock {
  switch (block.kind) {
    case 'prose':
      return { kind: 'prose', nodes: nodesOf(block.source, values) };
    case 'command': {
      const where = block.terminal === 'second' ? t('in the second terminal') : '';
      const code = fill(block.code, values);
      return {
        kind: 'command',
        name: block.name,
        code,
        where,
        run: t('Run'),
        spoken: t('Run {0}', [code.split('\n')[0], where].filter(Boolean).join(' ')),
      };
    }
    case 'task':
      return taskBlock(
        block.id,
        states.find(({ id }) => id === block.id),
        t,
      );
    case 'hint': {
      const heading = /<summary>([^<]*)<\/summary>/.exec(block.source)?.[1] ?? t('Hint');
      const fits = block.key === fitting ? t('fits what was found') : '';
      return { kind: 'hint', heading: fill(heading, values), nodes: nodesOf(block.text, values), fits };
    }
  }
}

export function taskBlock(id: string, state: TaskState | undefined, t: Translate): TaskBlock {
  const skipped = state?.skipped;
  const waiting = skipped?.why === 'after' || skipped?.why === 'baseline' || !state;
  if (state?.passed === true) return { kind: 'task', id, state: 'done', word: t('Done'), details: [] };
  if (skipped?.why === 'needs')
    return {
      ...{ kind: 'task', id, state: 'unknown', word: t('Left out') },
      details: [t('This machine lacks: {0}', [...skipped.needs, ...skipped.programs].join(', '))],
    };
  if (waiting) return { kind: 'task', id, state: 'waiting', word: t('After the task before'), details: [] };
  const wrong = (state.verdict?.findings ?? []).filter(({ passed }) => passed !== true);
  return {
    ...{ kind: 'task', id, state: state.passed === null ? 'unknown' : 'open' },
    word: state.passed === null ? t('Cannot be told') : t('Not yet'),
    details: wrong.slice(0, 2).map((finding) => describeFinding(finding, t)),
  };
}

function describeFinding({ fact, expected, found, negated }: Finding, t: Translate): string {
  const [wanted, seen] = [plain(expected), found === null ? t('not readable') : plain(found)];
  return negated
    ? t('{0}: found {1}, expected something else', fact, seen)
    : t('{0}: found {1}, expected {2}', fact, seen, wanted);
}

function plain(value: Plain): string {
  return harmless(typeof value === 'string' ? value : JSON.stringify(value)).slice(0, 80);
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
