import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { harmless } from '../../src/kernel/harmless';
import {
  recordVersion,
  type ClassLesson,
  type ClassRecord,
  type Student,
} from '../../src/lessons/class/record';
import { fileNameOf } from '../../src/lessons/class/student';

export const uid = process.getuid?.() ?? 0;

export function lesson(
  more: Partial<ClassLesson> & { passed?: readonly (boolean | null)[] } = {},
): ClassLesson {
  const { passed = [true, false, null], ...rest } = more;
  return {
    slug: 'anton/map',
    results: passed.map((each, i) => ({
      name: `map/task-${i + 1}`,
      description: `task-${i + 1}`,
      passed: each,
      log: [],
      cause: each === true ? null : { rationale: 'Not yet: uidMap', help: null },
      data: null,
      dependency: i === 0 ? null : `map/task-${i}`,
    })),
    version: '0.1.0',
    changed: '2026-09-01T08:00:00.000Z',
    open: { check: 'map/task-2', since: '2026-09-01T08:00:00.000Z' },
    ...rest,
  };
}

export function record(student: Partial<Student> = {}, more: Partial<ClassRecord> = {}): ClassRecord {
  return {
    anton: recordVersion,
    student: { name: 'Eva', login: 'eva', uid, ...student },
    seen: '2026-09-01T08:10:00.000Z',
    lessons: [lesson()],
    ...more,
  };
}

/** Students' names as a class may have them; the first ones mean ill. */
export const names = [
  ...['../../etc/passwd', '<img src=x onerror=alert(1)>', '\u001b[2Jgone\u202e', '$(alert)', '=cmd|calc'],
  ...['@SUM(A1)', '-1+1', 'O’Brien, Pat', 'Anna "Anča" Nová', 'Ľubomír Ďurčanský', 'Žofia Šťastná'],
  ...['Adam', 'Barbora', 'Cyril', 'Dana', 'Emil', 'Filip', 'Gréta', 'Hana', 'Igor', 'Jana', 'Karol', 'Lenka'],
  ...['Marek', 'Nina', 'Oto', 'Petra', 'Róbert', 'Soňa', 'Tomáš'],
];

/** What lies in a class folder besides good files, by name; each is a fault of its own. */
export const faultyFiles = [
  'broken.json',
  'device-link.json',
  'empty.json',
  'fifo.json',
  'folder.json',
  'future.json',
  'huge.json',
  'latin1.json',
  'loop.json',
  'nested.json',
  'other-name.json',
  'passwd.json',
  'proto.json',
] as const;

/** A folder with the files of 30 students, and everything that may be wrong with others. */
export function makeClassFolder(students: readonly ClassRecord[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'anton-class-'));
  const put = (name: string, content: string | Uint8Array): void =>
    writeFileSync(join(folder, name), content);
  for (const each of students) {
    const name = harmless(each.student.name);
    put(fileNameOf({ ...each.student, name }), JSON.stringify(each));
  }
  put('broken.json', '{"anton": 1, "student": {"name": "Ev');
  symlinkSync('/dev/zero', join(folder, 'device-link.json'));
  put('empty.json', '');
  execFileSync('mkfifo', [join(folder, 'fifo.json')]);
  mkdirSync(join(folder, 'folder.json'));
  put('future.json', JSON.stringify({ anton: 99, everything: 'else' }));
  put('huge.json', '');
  truncateSync(join(folder, 'huge.json'), 300 * 1024 * 1024);
  put('latin1.json', Buffer.from(JSON.stringify(record({ name: 'Zo\u00eb' })), 'latin1'));
  symlinkSync('loop.json', join(folder, 'loop.json'));
  put('nested.json', '['.repeat(200_000));
  put('other-name.json', JSON.stringify(record({ name: 'Someone' })));
  symlinkSync('/etc/passwd', join(folder, 'passwd.json'));
  put('proto.json', '{"__proto__": {"anton": 1}, "constructor": {"prototype": {"polluted": true}}}');
  put('README', 'no result');
  put('.1000-eva.json.tmp', 'half a f');
  return folder;
}
