/** What is wrong with a lesson's files, and where. Plain data; describeProblem() has the words. */
export interface LessonProblem {
  /** As it was given to the reader: an absolute path. */
  readonly file: string;
  /** From 1 on. */
  readonly line: number;
  readonly cause: ProblemCause;
}

/** What is wrong with a part of a YAML file. */
export type Fault =
  | { readonly fault: 'missing' }
  | { readonly fault: 'type'; readonly expected: string }
  | { readonly fault: 'choice'; readonly choices: readonly string[] }
  | { readonly fault: 'keys'; readonly keys: readonly string[] }
  | { readonly fault: 'empty' }
  | { readonly fault: 'small' }
  | { readonly fault: 'nothing' }
  | { readonly fault: 'name' }
  | { readonly fault: 'other'; readonly message: string };

export type ReferenceKind = 'task' | 'hint' | 'command' | 'variable';

export type ProblemCause =
  | { readonly problem: 'missingFile' }
  /** A lesson of one's own needs a text in one language at least. */
  | { readonly problem: 'noText' }
  | { readonly problem: 'folderName'; readonly name: string }
  | { readonly problem: 'syntax'; readonly message: string }
  | { readonly problem: 'shape'; readonly place: string; readonly fault: Fault }
  | { readonly problem: 'noTitle' }
  | { readonly problem: 'fence'; readonly fence: string; readonly message: string }
  | { readonly problem: 'twice'; readonly kind: ReferenceKind; readonly id: string }
  /** Named here, but nowhere defined. */
  | { readonly problem: 'unknown'; readonly kind: ReferenceKind; readonly id: string }
  /** Defined in lesson.yaml, or used in the other language, but not here. */
  | { readonly problem: 'absent'; readonly kind: ReferenceKind; readonly id: string }
  /** Commands are typed into a terminal, so they have to be the same in every language. */
  | { readonly problem: 'differs'; readonly id: string; readonly other: string }
  | { readonly problem: 'hintNotClosed'; readonly id: string }
  /** A line of what solves the task stands in its hint. */
  | { readonly problem: 'hintIsAnswer'; readonly id: string; readonly line: string };

/** The translator of src/ui/translate.ts, which this room may not import. */
type Translate = (message: string, ...args: (string | number | boolean)[]) => string;

/** "FILE:LINE: what is wrong, what to do" */
export function describeProblem({ file, line, cause }: LessonProblem, t: Translate): string {
  return `${file}:${line}: ${describeCause(cause, t)}`;
}

export function describeCause(cause: ProblemCause, t: Translate): string {
  switch (cause.problem) {
    case 'missingFile':
      return t('This file is missing. Write it: a lesson needs lesson.yaml and its text in every language.');
    case 'noText':
      return t('The lesson has no text. Write lesson.en.md or lesson.sk.md beside this file.');
    case 'folderName':
      return t('“{0}” is no name for a lesson. Call the folder by a number and a word: 07-proc.', cause.name);
    case 'syntax':
      return t('This is not YAML: {0}. Correct it here.', cause.message);
    case 'shape':
      return cause.place === ''
        ? t('This is not as it should be: {0}.', describeFault(cause.fault, t))
        : t('“{0}” is not as it should be: {1}.', cause.place, describeFault(cause.fault, t));
    case 'noTitle':
      return t('The text has no title. Begin it with a line such as “# Lesson 1: Nobody”.');
    case 'fence':
      return t('The fence “{0}” cannot be read: {1}. Correct its first lines.', cause.fence, cause.message);
    case 'twice':
      return t(
        'The {0} “{1}” is there twice. Give one of them another name.',
        kindOf(cause.kind, t),
        cause.id,
      );
    case 'unknown':
      return t('There is no {0} “{1}”. Correct the name, or define it.', kindOf(cause.kind, t), cause.id);
    case 'absent':
      return t('The {0} “{1}” is missing here. Add it to this text.', kindOf(cause.kind, t), cause.id);
    case 'differs':
      return t('The command “{0}” differs from the one in {1}. Make both the same.', cause.id, cause.other);
    case 'hintNotClosed':
      return t('The hint “{0}” has no end. Close it with a line </details>.', cause.id);
    case 'hintIsAnswer':
      return t(
        'The hint “{0}” is the answer itself: “{1}”. Say where to look instead.',
        cause.id,
        cause.line,
      );
  }
}

function describeFault(fault: Fault, t: Translate): string {
  switch (fault.fault) {
    case 'missing':
      return t('it is missing');
    case 'type':
      return t('it has to be of the type {0}', fault.expected);
    case 'choice':
      return t('it has to be one of {0}', fault.choices.join(', '));
    case 'keys':
      return t('nobody knows {0} here', fault.keys.join(', '));
    case 'empty':
      return t('it is empty');
    case 'small':
      return t('it is too small');
    case 'nothing':
      return t('it asks for nothing, so it would always be true');
    case 'name':
      return t('it has to be of small letters, digits and hyphens, and begin with a letter');
    case 'other':
      return fault.message;
  }
}

function kindOf(kind: ReferenceKind, t: Translate): string {
  switch (kind) {
    case 'task':
      return t('task');
    case 'hint':
      return t('hint');
    case 'command':
      return t('command');
    case 'variable':
      return t('variable');
  }
}
