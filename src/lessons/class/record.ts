import type { Check50Report } from '../results';

/** The version of the files in a class folder. A reader refuses what is newer. */
export const recordVersion = 1;

/** No file of a student is larger; fourteen lessons take about 20 KiB. */
export const mostBytes = 256 * 1024;

/** Of a name or an id, in characters. */
export const longestName = 64;

export interface Student {
  readonly name: string;
  readonly login: string;
  /** On the host: a container's own ids are translated. */
  readonly uid: number;
}

/** The first check of a lesson that is not passed yet. */
export interface OpenCheck {
  readonly check: string;
  /** ISO 8601, in UTC. */
  readonly since: string;
}

/** A report in check50's shape, and when it came to be. */
export interface ClassLesson extends Check50Report {
  /** When a check's result last changed, in ISO 8601. */
  readonly changed: string;
  /** null: nothing is left to do. */
  readonly open: OpenCheck | null;
}

/** What a student's file in the class folder says. */
export interface ClassRecord {
  readonly anton: typeof recordVersion;
  readonly student: Student;
  /** When Anton last looked at a lesson of this student, in ISO 8601. */
  readonly seen: string;
  /** The one that was taken last comes first. */
  readonly lessons: readonly ClassLesson[];
}

/** Why a file of the class folder says nothing. Plain data: src/ui/words/classFaults.ts has the words. */
export type FileFault =
  | { readonly fault: 'notRegular'; readonly kind: 'link' | 'folder' | 'fifo' | 'socket' | 'device' }
  | { readonly fault: 'tooBig'; readonly bytes: number }
  | { readonly fault: 'unreadable'; readonly code: string }
  | { readonly fault: 'notJson' }
  | { readonly fault: 'shape'; readonly place: string }
  | { readonly fault: 'newer'; readonly version: string }
  /** It says that it is of this student, but the kernel says whose it is. */
  | { readonly fault: 'owner'; readonly says: number; readonly owner: number }
  | { readonly fault: 'name'; readonly expected: string };
