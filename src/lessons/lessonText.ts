import type { Html, Nodes } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { parse as parseYaml, YAMLError } from 'yaml';
import { terminals, type LessonTerminal } from './lesson';
import type { ProblemCause } from './problems';

interface Place {
  /** The text of this block, exactly as it stands in the file: all blocks in a row are the file. */
  readonly source: string;
  /** Of its first character, from 0 on. */
  readonly offset: number;
  /** From 1 on. */
  readonly line: number;
}

export type Block = Place &
  (
    | { readonly kind: 'prose' }
    /** A fence ```sh {"name":"map","terminal":"second"}; to be typed into that terminal, line by line. */
    | {
        readonly kind: 'command';
        readonly name: string;
        readonly terminal: LessonTerminal;
        readonly code: string;
      }
    /** A fence ```anton-task with `id: ...`: here the task's state is shown. */
    | { readonly kind: 'task'; readonly id: string }
    /** From <details id="hint-KEY"> to </details>; the text is what stands between, without <summary>. */
    | { readonly kind: 'hint'; readonly key: string; readonly text: string }
  );

/** A lesson in one language. */
export interface LessonText {
  readonly file: string;
  readonly title: string;
  readonly source: string;
  readonly blocks: readonly Block[];
}

export interface TextProblem {
  readonly line: number;
  readonly cause: ProblemCause;
}

/** A stretch of the file that is not prose. */
interface Marked {
  readonly start: number;
  readonly end: number;
  readonly block: Block extends infer Each ? (Each extends Block ? Omit<Each, keyof Place> : never) : never;
}

/** Reads a lesson's text. What is wrong with it is in `problems`; the rest is read all the same. */
export function parseLessonText(
  source: string,
  file: string,
): { readonly text: LessonText; readonly problems: readonly TextProblem[] } {
  const reader = new Reader(source);
  const marked = reader.read();
  const text = { file, title: reader.title, source, blocks: blocksOf(source, marked) };
  return { text, problems: reader.problems };
}

class Reader {
  readonly problems: TextProblem[] = [];
  title = '';

  constructor(private readonly source: string) {}

  read(): Marked[] {
    const { children } = fromMarkdown(this.source);
    const marked: Marked[] = [];
    children.forEach((node, i) => {
      if (node.type === 'heading' && node.depth === 1 && this.title === '') this.title = plainText(node);
      const found =
        node.type === 'code'
          ? this.fence(node.lang ?? '', node.meta ?? '', node.value, node)
          : this.hint(children, i);
      if (found) marked.push(found);
    });
    if (this.title === '') this.problems.push({ line: 1, cause: { problem: 'noTitle' } });
    return marked;
  }

  private fence(lang: string, meta: string, code: string, node: Nodes): Marked | undefined {
    const line = node.position?.start.line ?? 1;
    try {
      if (lang === 'anton-task') return { ...rangeOf(node), block: { kind: 'task', id: idOf(code) } };
      if (lang !== 'sh' || meta === '') return undefined;
      return { ...rangeOf(node), block: { kind: 'command', ...attributesOf(meta), code } };
    } catch (error) {
      if (!(error instanceof SyntaxError || error instanceof YAMLError)) throw error;
      this.problems.push({ line, cause: { problem: 'fence', fence: lang, message: firstLine(error) } });
      return undefined;
    }
  }

  private hint(children: readonly Nodes[], i: number): Marked | undefined {
    const opening = children[i];
    const key = opening?.type === 'html' ? hintKey(opening) : undefined;
    if (opening === undefined || key === undefined) return undefined;
    const closing = children.slice(i).find(isClosing);
    if (!closing) {
      const line = opening.position?.start.line ?? 1;
      this.problems.push({ line, cause: { problem: 'hintNotClosed', id: key } });
      return undefined;
    }
    const { start } = rangeOf(opening);
    const { end } = rangeOf(closing);
    const text = this.source
      .slice(start, end)
      .replace(/^<details[^>]*>\s*(<summary>.*?<\/summary>)?/s, '')
      .replace(/<\/details>$/, '');
    return { start, end, block: { kind: 'hint', key, text: text.trim() } };
  }
}

function hintKey(node: Html): string | undefined {
  return /^<details id="hint-([a-z][a-z0-9-]*)">/.exec(node.value)?.[1];
}

function isClosing(node: Nodes): boolean {
  return node.type === 'html' && node.value.trimEnd().endsWith('</details>');
}

/** @throws SyntaxError, YAMLError */
function idOf(code: string): string {
  const value: unknown = parseYaml(code);
  const id = typeof value === 'object' && value !== null && 'id' in value ? value.id : undefined;
  if (typeof id !== 'string') throw new SyntaxError('“id: NAME” is missing');
  return id;
}

/** @throws SyntaxError */
function attributesOf(meta: string): { name: string; terminal: LessonTerminal } {
  const value = JSON.parse(meta) as unknown;
  const fields: { name?: unknown; terminal?: unknown } = typeof value === 'object' && value ? value : {};
  const terminal = terminals.find((each) => each === (fields.terminal ?? 'first'));
  if (typeof fields.name !== 'string') throw new SyntaxError('“name” is missing');
  if (!terminal) throw new SyntaxError(`“terminal” is one of ${terminals.join(', ')}`);
  return { name: fields.name, terminal };
}

/** The whole file as blocks: the marked stretches, and what is between them as prose. */
function blocksOf(source: string, marked: readonly Marked[]): readonly Block[] {
  const blocks: Block[] = [];
  let line = 1;
  let offset = 0;
  const add = (end: number, block: Marked['block']): void => {
    if (end <= offset) return;
    const text = source.slice(offset, end);
    blocks.push({ ...block, source: text, offset, line });
    line += text.split('\n').length - 1;
    offset = end;
  };
  for (const { start, end, block } of marked) {
    add(start, { kind: 'prose' });
    add(end, block);
  }
  add(source.length, { kind: 'prose' });
  return blocks;
}

function rangeOf(node: Nodes): { start: number; end: number } {
  return { start: node.position?.start.offset ?? 0, end: node.position?.end.offset ?? 0 };
}

function plainText(node: Nodes): string {
  if ('value' in node) return node.value;
  return 'children' in node ? node.children.map(plainText).join('') : '';
}

function firstLine(error: Error): string {
  return error.message.split('\n')[0] ?? '';
}
