import { harmless } from '../../kernel/harmless';
import type { ClassLesson } from '../../lessons/class/record';
import { countOf, shortName, type FaultRow, type Roster, type StudentRow } from '../../lessons/class/roster';
import type { Check50Result } from '../../lessons/results';
import type { Translate } from '../translate';
import { describeFault, remedyOf } from '../words/classFaults';

export type ClassIcon =
  'working' | 'stuck' | 'done' | 'away' | 'fault' | 'lesson' | 'passed' | 'open' | 'skipped';

/** A row of the view, as plain data. All texts are harmless. */
export interface ClassNode {
  /** The same for the same thing, now and later. */
  readonly key: string;
  readonly label: string;
  readonly description: string;
  readonly tooltip: string;
  readonly icon: ClassIcon;
  readonly children: readonly ClassNode[];
}

export interface ClassWords {
  readonly t: Translate;
  /** The lesson's title, by 'anton/map'. */
  readonly title: (slug: string) => string;
  /** The owner's login, by uid. */
  readonly login: (uid: number) => string;
  /** A moment in milliseconds since 1970, for people. */
  readonly moment: (time: number) => string;
}

export function classNodes({ students, faults }: Roster, words: ClassWords): readonly ClassNode[] {
  return [...students.map((row) => studentNode(row, words)), ...faults.map((row) => faultNode(row, words))];
}

/** '30 students, 4 stuck' */
export function summary({ students }: Roster, t: Translate): string {
  const here = students.filter(({ isHere }) => isHere).length;
  const stuck = students.filter(({ open }) => open?.isStuck === true).length;
  return t('{0} of {1} here, {2} stuck', here, students.length, stuck);
}

function studentNode(row: StudentRow, words: ClassWords): ClassNode {
  const { student, lesson, seen } = row;
  const login = words.login(student.uid);
  const parts = [
    stateOf(row, words),
    lesson ? `${countOf(lesson).done}/${countOf(lesson).total}` : '',
    lesson ? words.title(lesson.slug) : '',
    // Anyone may take any name, but not another login.
    login === student.name ? '' : login,
  ];
  const open = lesson?.results.find(({ name }) => name === row.open?.check);
  const since = row.open
    ? words.t('“{0}” is open since {1}', shortName(row.open.check), words.moment(Date.parse(row.open.since)))
    : '';
  return {
    key: row.file,
    label: student.name,
    description: parts.filter(Boolean).join(' · '),
    tooltip: lines(
      `${student.name} (${login}, uid ${student.uid})`,
      lesson ? words.title(lesson.slug) : '',
      since,
      open?.cause?.rationale,
      words.t('last seen {0}', words.moment(seen)),
    ),
    icon: iconOf(row),
    children: row.lessons.map((each) => lessonNode(row.file, each, words)),
  };
}

function iconOf({ isHere, open, lesson }: StudentRow): ClassIcon {
  if (lesson && !open) return 'done';
  if (!isHere) return 'away';
  return open?.isStuck ? 'stuck' : 'working';
}

function stateOf({ isHere, seen, open, lesson }: StudentRow, { t, moment }: ClassWords): string {
  if (!lesson) return t('no lesson yet');
  if (!open) return t('done');
  const check = shortName(open.check);
  if (!isHere) return t('left {0}, at “{1}”', moment(seen), check);
  return open.isStuck ? t('stuck {0} on “{1}”', duration(open.ms, t), check) : t('at “{0}”', check);
}

function lessonNode(file: string, lesson: ClassLesson, words: ClassWords): ClassNode {
  const { done, total } = countOf(lesson);
  const key = `${file} ${lesson.slug}`;
  return {
    key,
    label: words.title(lesson.slug),
    description: `${done}/${total}`,
    tooltip: lines(
      words.t('{0} of {1} tasks done', done, total),
      words.t('last change {0}', words.moment(Date.parse(lesson.changed))),
    ),
    icon: lesson.open ? 'lesson' : 'done',
    children: lesson.results.map((result, i) => checkNode(`${key} ${i}`, result)),
  };
}

function checkNode(key: string, { name, passed, cause }: Check50Result): ClassNode {
  return {
    key,
    label: shortName(name),
    description: passed === true ? '' : (cause?.rationale ?? ''),
    tooltip: lines(shortName(name), cause?.rationale, cause?.help),
    icon: passed === true ? 'passed' : passed === false ? 'open' : 'skipped',
    children: [],
  };
}

function faultNode(row: FaultRow, { t, login }: ClassWords): ClassNode {
  const why = describeFault(row, t);
  return {
    key: `fault ${row.file}`,
    label: harmless(row.file),
    description: why,
    tooltip: lines(
      harmless(row.file),
      why,
      t('It belongs to {0} (uid {1}).', login(row.owner), row.owner),
      remedyOf(row.fault, t),
    ),
    icon: 'fault',
    children: [],
  };
}

function duration(ms: number, t: Translate): string {
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 60) return t('{0} min', minutes);
  return minutes < 48 * 60
    ? t('{0} h', Math.floor(minutes / 60))
    : t('{0} d', Math.floor(minutes / (24 * 60)));
}

function lines(...all: readonly (string | null | undefined)[]): string {
  return all.filter((line) => line !== undefined && line !== null && line !== '').join('\n');
}
