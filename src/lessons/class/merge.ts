import type { Check50Report, Check50Result } from '../results';
import type { Plain } from '../verdict';
import { mostBytes, recordVersion, type ClassLesson, type ClassRecord, type Student } from './record';

/** A student's record after one more look at a lesson. What was said of the other lessons stays. */
export function withReport(
  before: ClassRecord | undefined,
  student: Student,
  report: Check50Report,
  now: Date,
): ClassRecord {
  const old = before?.lessons.find(({ slug }) => slug === report.slug);
  const others = (before?.lessons ?? []).filter(({ slug }) => slug !== report.slug);
  const lessons = [lessonOf(old, report, now), ...others];
  const record = { anton: recordVersion, student, seen: now.toISOString(), lessons } as const;
  return fitting(record);
}

function lessonOf(old: ClassLesson | undefined, report: Check50Report, now: Date): ClassLesson {
  const time = now.toISOString();
  const open = firstOpen(report);
  const since = open && old?.open?.check === open.name ? old.open.since : time;
  return {
    slug: report.slug,
    // A report may quote files and processes of the student; the class needs the result alone.
    results: report.results.map((result) => ({ ...result, data: null })),
    version: report.version,
    changed: old && outcome(old) === outcome(report) ? old.changed : time,
    open: open ? { check: open.name, since } : null,
  };
}

/** What this machine lacks, and what waits for that, is not for the student to do. */
function firstOpen({ results }: Check50Report): Check50Result | undefined {
  const leftOut = new Set<string>();
  for (const result of results) {
    const waits = result.dependency !== null && leftOut.has(result.dependency);
    if (result.passed === null && (waits || isLacking(result.data))) leftOut.add(result.name);
  }
  return results.find(({ name, passed }) => passed !== true && !leftOut.has(name));
}

function isLacking(data: Plain): boolean {
  const skipped = isObject(data) ? data['skipped'] : null;
  return isObject(skipped) && skipped['why'] === 'needs';
}

function isObject(value: Plain | undefined): value is Readonly<Record<string, Plain>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function outcome({ results }: Check50Report): string {
  return JSON.stringify(results.map(({ name, passed }) => [name, passed]));
}

/** Without the lessons that were taken longest ago, if there are too many for a file. */
function fitting(record: ClassRecord): ClassRecord {
  let { lessons } = record;
  while (lessons.length > 1 && (lessons.length > 100 || bytesOf({ ...record, lessons }) > mostBytes))
    lessons = lessons.slice(0, -1);
  return { ...record, lessons };
}

function bytesOf(record: ClassRecord): number {
  return Buffer.byteLength(textOf(record));
}

/** As it stands in the file. */
export function textOf(record: ClassRecord): string {
  return `${JSON.stringify(record, undefined, 1)}\n`;
}
