import type { ClassFile, GoodFile } from './readFile';
import type { ClassLesson, FileFault, OpenCheck, Student } from './record';

/** Anton writes once a minute while a lesson is visible; who is silent for longer has gone. */
export const goneAfter = 150_000;

/** Before, a student has only begun with the check. */
export const stuckAfter = 180_000;

export interface StudentRow {
  readonly file: string;
  readonly student: Student;
  /** Milliseconds since 1970 of the last sign of life. */
  readonly seen: number;
  readonly isHere: boolean;
  /** The lesson that was taken last. */
  readonly lesson: ClassLesson | undefined;
  /** The check that the student is at in that lesson, and for how many milliseconds. */
  readonly open: (OpenCheck & { readonly ms: number; readonly isStuck: boolean }) | undefined;
  readonly lessons: readonly ClassLesson[];
}

export interface FaultRow {
  readonly file: string;
  readonly owner: number;
  readonly fault: FileFault;
}

export interface Roster {
  /** Who is there and stuck the longest comes first, who has left comes last. */
  readonly students: readonly StudentRow[];
  readonly faults: readonly FaultRow[];
}

export function rosterOf(files: readonly ClassFile[], now: number): Roster {
  const students: StudentRow[] = [];
  const faults: FaultRow[] = [];
  for (const file of files) {
    if ('fault' in file) faults.push({ file: file.name, owner: file.owner, fault: file.fault });
    else students.push(rowOf(file, now));
  }
  return { students: students.sort(order), faults };
}

function rowOf(file: GoodFile, now: number): StudentRow {
  const { student, lessons, seen: said } = file.record;
  // A clock that is wrong, or a file that lies: nobody was seen after the file was written.
  const seen = Math.min(Date.parse(said), file.written, now);
  const isHere = now - seen < goneAfter;
  const [lesson] = lessons;
  const ms = lesson?.open ? Math.max(0, (isHere ? now : seen) - Date.parse(lesson.open.since)) : 0;
  const open = lesson?.open ? { ...lesson.open, ms, isStuck: isHere && ms >= stuckAfter } : undefined;
  return { file: file.name, student, seen, isHere, lesson, open, lessons };
}

function order(a: StudentRow, b: StudentRow): number {
  if (a.isHere !== b.isHere) return a.isHere ? -1 : 1;
  return (
    (b.open?.ms ?? -1) - (a.open?.ms ?? -1) ||
    compare(a.student.name, b.student.name) ||
    compare(a.file, b.file)
  );
}

/** As people sort: accents beside their letters, 2 before 10. */
const { compare } = new Intl.Collator(undefined, { numeric: true });

export interface Count {
  readonly done: number;
  readonly total: number;
}

export function countOf({ results }: Pick<ClassLesson, 'results'>): Count {
  return { done: results.filter(({ passed }) => passed === true).length, total: results.length };
}

/** 'map' of 'anton/map', 'deny' of 'map/deny'. */
export function shortName(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1);
}
