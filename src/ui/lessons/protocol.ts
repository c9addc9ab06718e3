import type { RootContent } from 'mdast';

/** What a lesson's page and the extension host say to each other. All words are ready to be shown. */

export type PageBlock =
  { readonly kind: 'prose'; readonly nodes: readonly RootContent[] } | CommandBlock | TaskBlock;

export interface CommandBlock {
  readonly kind: 'command';
  readonly name: string;
  readonly code: string;
  /** '' for the lesson's first terminal. */
  readonly where: string;
  readonly run: string;
  /** What a screen reader says of the button. */
  readonly spoken: string;
  readonly recorded: Recorded | undefined;
}

/** What a terminal showed elsewhere, where this machine cannot. */
export interface Recorded {
  readonly caption: string;
  readonly text: string;
}

export interface TaskBlock {
  readonly kind: 'task';
  readonly id: string;
  readonly state: 'done' | 'open' | 'unknown' | 'waiting';
  /** 'Done', 'Not yet', ... */
  readonly word: string;
  /** What was found, and what was expected. */
  readonly details: readonly string[];
  /** That fit what was found, the best first. The first is shown at once, the others one by one on request. */
  readonly hints: readonly HintPart[];
  /** The button that lets the task be done again; undefined while it is not done. */
  readonly again: { readonly label: string; readonly spoken: string } | undefined;
  /** What was typed to solve it beyond the text's commands. */
  readonly recorded: Recorded | undefined;
}

export interface HintPart {
  readonly heading: string;
  readonly nodes: readonly RootContent[];
}

export interface LessonModel {
  /** Which lesson it is, for a page that comes back. */
  readonly id: string;
  readonly title: string;
  readonly language: string;
  readonly progress: string;
  readonly reset: string;
  /** The button that shows one more hint of a task. */
  readonly nextHint: string;
  /** What this machine lacks for the lesson; '' if nothing. */
  readonly lacks: string;
  /** What is wrong with the lesson's files, while they are written; '' if nothing. */
  readonly notice: string;
  readonly blocks: readonly PageBlock[];
}

export interface ToLessonPage {
  readonly type: 'show';
  readonly model: LessonModel;
}

export type FromLessonPage =
  | { readonly type: 'ready' }
  | { readonly type: 'reset' }
  | { readonly type: 'resetTask'; readonly id: string }
  | { readonly type: 'run'; readonly name: string };

export function isFromLessonPage(message: unknown): message is FromLessonPage {
  const { type, name, id } = (message ?? {}) as Readonly<Record<string, unknown>>;
  switch (type) {
    case 'ready':
    case 'reset':
      return true;
    case 'resetTask':
      return typeof id === 'string';
    case 'run':
      return typeof name === 'string';
    default:
      return false;
  }
}
