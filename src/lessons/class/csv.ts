import { countOf, shortName, type FaultRow, type Roster, type StudentRow } from './roster';
import type { ClassLesson } from './record';

/** The words, which the user interface knows. */
export interface CsvWords {
  /** Twelve: name, login, uid, lesson, tasks done, tasks, open check, since, last change, last seen, file, fault. */
  readonly heads: readonly string[];
  readonly title: (slug: string) => string;
  /** The owner's login. */
  readonly login: (uid: number) => string;
  readonly explain: (row: FaultRow) => string;
}

/**
 * A row for each student and lesson, then one for each file with a fault. RFC 4180 in UTF-8; the byte order mark is
 * what spreadsheet programs know it by. Times are ISO 8601 in UTC.
 */
export function csvOf({ students, faults }: Roster, words: CsvWords): string {
  const rows = [
    words.heads,
    ...students.flatMap((row) => row.lessons.map((lesson) => studentCells(row, lesson, words))),
    ...faults.map((row) => faultCells(row, words)),
  ];
  return `\ufeff${rows.map((cells) => `${cells.map(cell).join(',')}\r\n`).join('')}`;
}

function studentCells({ student, seen, file }: StudentRow, lesson: ClassLesson, words: CsvWords): string[] {
  const { done, total } = countOf(lesson);
  return [
    ...[student.name, words.login(student.uid), String(student.uid), words.title(lesson.slug)],
    ...[
      String(done),
      String(total),
      lesson.open ? shortName(lesson.open.check) : '',
      lesson.open?.since ?? '',
    ],
    ...[lesson.changed, new Date(seen).toISOString(), file, ''],
  ];
}

function faultCells(row: FaultRow, words: CsvWords): string[] {
  const between = ['', '', '', '', '', '', ''];
  return ['', words.login(row.owner), String(row.owner), ...between, row.file, words.explain(row)];
}

/**
 * A spreadsheet program takes a cell that begins with one of these for a formula, quotes or not, and runs it. An
 * apostrophe before it says that it is text. Source: OWASP, "CSV Injection".
 */
const formula = /^\s*[=+\-@\t\r\n＝＋－＠]/u;

function cell(value: string): string {
  const text = formula.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) || text !== text.trim() ? `"${text.replace(/"/g, '""')}"` : text;
}
