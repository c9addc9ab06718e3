import * as assert from 'node:assert/strict';
import { csvOf, type CsvWords } from '../../src/lessons/class/csv';
import type { ClassFile } from '../../src/lessons/class/readFile';
import { rosterOf } from '../../src/lessons/class/roster';
import { fileNameOf } from '../../src/lessons/class/student';
import { lesson, names, record, uid } from './classFixture';

const now = Date.parse('2026-09-01T08:10:30Z');

function good(...more: Parameters<typeof record>): ClassFile {
  const each = record(...more);
  return { name: fileNameOf(each.student), owner: uid, written: now, record: each };
}

const words: CsvWords = {
  heads: [
    'name',
    'login',
    'uid',
    'lesson',
    'done',
    'tasks',
    'open',
    'since',
    'changed',
    'seen',
    'file',
    'fault',
  ],
  title: (slug) => slug,
  login: (id) => `u${String(id)}`,
  explain: ({ fault }) => fault.fault,
};

/** Reads CSV by RFC 4180. */
function parse(text: string): string[][] {
  const rows: string[][] = [[]];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/g)) {
    if (end === '' && quoted === undefined && plain === '') break;
    rows.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain ?? '');
    if (end === '\r\n') rows.push([]);
  }
  return rows.slice(0, -1);
}

describe('the class as CSV', () => {
  const faulty: ClassFile = { name: '=evil().json', owner: 7, written: 0, fault: { fault: 'notJson' } };
  const roster = rosterOf([...names.map((name) => good({ name })), faulty], now);
  const text = csvOf(roster, words);

  it('begins with a byte order mark and has a row for each student and fault', () => {
    assert.equal(text.codePointAt(0), 0xfeff);
    const rows = parse(text.slice(1));
    assert.equal(rows.length, 1 + names.length + 1);
    for (const row of rows) assert.equal(row.length, 12, row.join('|'));
    const pat = rows.find(([name]) => name === 'O’Brien, Pat');
    assert.deepEqual(pat?.slice(1, 10), [
      ...[`u${String(uid)}`, String(uid), 'anton/map', '1', '3', 'task-2'],
      ...['2026-09-01T08:00:00.000Z', '2026-09-01T08:00:00.000Z', '2026-09-01T08:10:00.000Z'],
    ]);
    assert.deepEqual(rows.at(-1)?.slice(10), ["'=evil().json", 'notJson']);
    assert.ok(rows.some(([name]) => name === 'Anna "Anča" Nová'));
  });

  it('has no cell that a spreadsheet program takes for a formula', () => {
    const cells = parse(text.slice(1)).flat();
    assert.deepEqual(
      cells.filter((cell) => /^\s*[=+\-@\t\r]/.test(cell)),
      [],
    );
    assert.ok(cells.includes("'=cmd|calc"));
    assert.ok(cells.includes("'@SUM(A1)"));
  });
});

describe('the roster of a class', () => {
  const open = (since: string) => [lesson({ open: { check: 'map/task-2', since } })];

  it('puts who is stuck the longest first, and who has left last', () => {
    const rows = rosterOf(
      [
        good({ name: 'begun' }, { lessons: open('2026-09-01T08:09:00Z') }),
        good({ name: 'left' }, { lessons: open('2026-08-31T08:00:00Z'), seen: '2026-08-31T08:30:00Z' }),
        good({ name: 'done' }, { lessons: [lesson({ open: null, passed: [true] })] }),
        good({ name: 'new' }, { lessons: [] }),
        good({ name: 'stuck' }, { lessons: open('2026-09-01T07:30:00Z') }),
      ],
      now,
    ).students;
    assert.deepEqual(
      rows.map(({ student, isHere, open }) => [student.name, isHere, open?.isStuck ?? null]),
      [
        ['stuck', true, true],
        ['begun', true, false],
        ['done', true, null],
        ['new', true, null],
        ['left', false, false],
      ],
    );
  });

  it('believes no time that is yet to come, nor a sign of life after the file was written', () => {
    const future = good(
      { name: 'x' },
      { seen: '2099-01-01T00:00:00Z', lessons: open('2099-01-01T00:00:00Z') },
    );
    const [row] = rosterOf([future], now).students;
    assert.equal(row?.seen, now);
    assert.equal(row.open?.ms, 0);
    const [old] = rosterOf([{ ...future, written: now - 3_600_000 }], now).students;
    assert.equal(old?.isHere, false);
  });
});
