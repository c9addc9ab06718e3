import * as assert from 'node:assert/strict';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ClassFolder } from '../../src/lessons/class/folder';
import { withReport } from '../../src/lessons/class/merge';
import { mostBytes, type ClassRecord } from '../../src/lessons/class/record';
import { parseRecord } from '../../src/lessons/class/schema';
import { fileNameOf, studentOf } from '../../src/lessons/class/student';
import { writeRecord } from '../../src/lessons/class/write';
import type { Check50Report } from '../../src/lessons/results';
import { lesson, names, record, uid } from './classFixture';

describe('a student’s file', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'anton-class-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const fileOf = (each: ClassRecord) => join(folder, fileNameOf(each.student));

  it('is readable for the teacher, whatever the umask, and nothing else is left', async () => {
    const before = process.umask(0o077);
    try {
      await writeRecord(folder, record());
    } finally {
      process.umask(before);
    }
    assert.deepEqual(readdirSync(folder), [fileNameOf(record().student)]);
    assert.equal(statSync(fileOf(record())).mode & 0o7777, 0o644);
    assert.deepEqual(parseRecord(readFileSync(fileOf(record()))), { record: record() });
  });

  it('is never seen half written', async () => {
    const long = record({}, { lessons: Array.from({ length: 50 }, () => lesson()) });
    const short = record({}, { lessons: [] });
    await writeRecord(folder, short);
    const writing = { done: false };
    const written = (async () => {
      for (let i = 0; i < 100; i++) await writeRecord(folder, i % 2 === 0 ? long : short);
      writing.done = true;
    })();
    const reader = new ClassFolder(folder);
    let reads = 0;
    for (; !writing.done; reads++) {
      const reading = await reader.read();
      assert.ok('files' in reading);
      for (const file of reading.files) {
        assert.ok('record' in file, JSON.stringify(file));
        assert.ok([0, 50].includes(file.record.lessons.length));
      }
    }
    await written;
    assert.ok(reads > 10, `${reads} reads`);
  });

  it('replaces a link, and what that points to stays', async () => {
    const victim = join(folder, 'victim');
    symlinkSync(victim, fileOf(record()));
    await writeRecord(folder, record());
    assert.ok(statSync(fileOf(record())).isFile());
    assert.throws(() => statSync(victim), { code: 'ENOENT' });
  });

  it('that cannot be written leaves nothing behind', async () => {
    await assert.rejects(writeRecord(join(folder, 'nowhere'), record()), { code: 'ENOENT' });
    mkdirSync(fileOf(record()));
    await assert.rejects(writeRecord(folder, record()), { code: 'EISDIR' });
    assert.deepEqual(readdirSync(folder), [fileNameOf(record().student)]);
    if (uid === 0) return;
    chmodSync(folder, 0o555);
    await assert.rejects(writeRecord(folder, record()), { code: 'EACCES' });
  });

  it('has a name of its own for each student, which is a plain one', () => {
    const files = [1000, 1001].flatMap((uid) =>
      [...names, 'eva', 'Eva', 'EVA'].map((name) => fileNameOf({ name, login: '', uid })),
    );
    assert.equal(new Set(files).size, files.length);
    for (const file of files) assert.match(file, /^\d+-([a-z0-9]+-)*[0-9a-f]{16}\.json$/);
  });
});

describe('a student', () => {
  const facts = { uid: 1000, userName: 'eva', uidMap: '0 0 4294967295', chosenName: '', env: {} };

  it('is called by the setting, else by the login, else by the uid', () => {
    assert.deepEqual(studentOf(facts), { name: 'eva', login: 'eva', uid: 1000 });
    assert.equal(studentOf({ ...facts, chosenName: ' Eva Nová ' }).name, 'Eva Nová');
    assert.equal(studentOf({ ...facts, userName: undefined }).name, '1000');
    assert.equal(studentOf({ ...facts, env: { JUPYTERHUB_USER: 'nova' } }).login, 'nova');
    assert.equal(studentOf({ ...facts, env: { GITHUB_USER: 'nova' } }).login, 'eva');
    assert.equal(studentOf({ ...facts, env: { GITHUB_USER: 'nova', CODESPACES: 'true' } }).login, 'nova');
  });

  it('has a name that a reader takes, whatever was set', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'anton-class-'));
    const bad = [...names, 'x'.repeat(5000), '💥'.repeat(100), '\ud800', '\0\n\t', ' '];
    const students = bad.map((chosenName) => studentOf({ ...facts, uid, chosenName }));
    for (const student of students) await writeRecord(folder, record(student));
    const reading = await new ClassFolder(folder).read();
    assert.ok('files' in reading);
    assert.deepEqual(
      reading.files.filter((file) => 'fault' in file),
      [],
    );
    assert.equal(reading.files.length, bad.length);
    rmSync(folder, { recursive: true });
  });

  it('in a container has the uid that the files have outside', () => {
    assert.equal(studentOf({ ...facts, uid: 0, uidMap: '0 1001 1\n1 100000 65536' }).uid, 1001);
    assert.equal(studentOf({ ...facts, uid: 1000, uidMap: '0 1001 1\n1 100000 65536' }).uid, 100999);
    assert.equal(studentOf({ ...facts, uidMap: undefined }).uid, 1000);
  });
});

describe('a student’s record', () => {
  const { student } = record();
  const at = (minute: number) => new Date(Date.UTC(2026, 8, 1, 8, minute));
  const report = (...passed: (boolean | null)[]): Check50Report => lesson({ passed });

  it('says since when the first open check is open, and when something changed', () => {
    const first = withReport(undefined, student, report(false, null), at(0));
    const same = withReport(first, student, report(false, null), at(5));
    const next = withReport(same, student, report(true, false), at(9));
    const done = withReport(next, student, report(true, true), at(12));
    const told = [first, same, next, done].map(({ seen, lessons: [lesson] }) => [
      ...[
        seen.slice(14, 16),
        lesson?.changed.slice(14, 16),
        lesson?.open?.check,
        lesson?.open?.since.slice(14, 16),
      ],
    ]);
    assert.deepEqual(told, [
      ['00', '00', 'map/task-1', '00'],
      ['05', '00', 'map/task-1', '00'],
      ['09', '09', 'map/task-2', '09'],
      ['12', '12', undefined, undefined],
    ]);
  });

  it('is not stuck on what the machine lacks, nor on what waits for that', () => {
    const lacking = report(null, null, true);
    const [first, ...others] = lacking.results;
    assert.ok(first);
    const data = { skipped: { why: 'needs' } };
    const said = withReport(
      undefined,
      student,
      { ...lacking, results: [{ ...first, data }, ...others] },
      at(0),
    );
    assert.equal(said.lessons[0]?.open, null);
  });

  it('keeps the other lessons, the last one first, and quotes nothing of the student', () => {
    const other = { ...report(true), slug: 'anton/pid', results: [] };
    const secret = report(false).results.map((result) => ({ ...result, data: { found: 'secret' } }));
    const both = withReport(
      withReport(undefined, student, other, at(0)),
      student,
      { ...report(), results: secret },
      at(1),
    );
    assert.deepEqual(
      both.lessons.map(({ slug }) => slug),
      ['anton/map', 'anton/pid'],
    );
    assert.ok(!JSON.stringify(both).includes('secret'));
  });

  it('never gets too big for its readers', () => {
    let all: ClassRecord | undefined;
    const log = Array.from({ length: 20 }, () => 'x'.repeat(1000));
    for (let i = 0; i < 30; i++) {
      const results = report(false).results.map((result) => ({ ...result, log }));
      all = withReport(all, student, { ...report(), slug: `anton/${String(i)}`, results }, at(i));
    }
    const size = Buffer.byteLength(JSON.stringify(all, undefined, 1));
    assert.ok(size <= mostBytes && size > mostBytes / 2, String(size));
    assert.equal(all?.lessons[0]?.slug, 'anton/29');
  });

  it('is refused with the place that is wrong', () => {
    const place = (value: unknown): unknown => parseRecord(Buffer.from(JSON.stringify(value)));
    const shape = (at: string) => ({ fault: { fault: 'shape', place: at } });
    assert.deepEqual(place({ ...record(), seen: 'yesterday' }), shape('seen'));
    assert.deepEqual(place(record({ uid: -1 })), shape('student.uid'));
    assert.deepEqual(place(record({ name: 'x'.repeat(129) })), shape('student.name'));
    assert.deepEqual(
      place(record({}, { lessons: [lesson({ version: 1 as unknown as string })] })),
      shape('lessons.0.version'),
    );
    assert.deepEqual(
      place(record({}, { lessons: Array.from({ length: 101 }, () => lesson()) })),
      shape('lessons'),
    );
    assert.deepEqual(place([]), shape(''));
    assert.deepEqual(place({ anton: 2 }), { fault: { fault: 'newer', version: '2' } });
  });
});
