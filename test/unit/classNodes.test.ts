import * as assert from 'node:assert/strict';
import slovak from '../../l10n/bundle.l10n.sk.json';
import type { ClassFile } from '../../src/lessons/class/readFile';
import type { FileFault } from '../../src/lessons/class/record';
import { rosterOf } from '../../src/lessons/class/roster';
import { fileNameOf } from '../../src/lessons/class/student';
import { classNodes, type ClassNode, type ClassWords, summary } from '../../src/ui/class/classNodes';
import { translator } from '../../src/ui/translate';
import { describeFault, remedyOf } from '../../src/ui/words/classFaults';
import { notAbsolute, whyNotRead, whyNotWritten } from '../../src/ui/words/classFolder';
import { t } from './facts';
import { lesson, record, uid } from './classFixture';

const now = Date.parse('2026-09-01T08:12:30Z');

const words: ClassWords = {
  t,
  title: (slug) => (slug === 'anton/map' ? 'Lesson 2: Writing the map' : slug),
  login: (id) => (id === uid ? 'eva' : String(id)),
  moment: (time) => new Date(time).toISOString().slice(11, 16),
};

function good(...more: Parameters<typeof record>): ClassFile {
  const each = record(...more);
  return { name: fileNameOf(each.student), owner: uid, written: now, record: each };
}

function rows(nodes: readonly ClassNode[], indent = ''): string[] {
  return nodes.flatMap((node) => [
    `${indent}[${node.icon}] ${[node.label, node.description].filter(Boolean).join(' | ')}`,
    ...rows(node.children, `${indent}  `),
  ]);
}

describe('the rows of the class', () => {
  it('say who is stuck on what for how long, and under it each lesson with its checks', () => {
    const roster = rosterOf([good({ name: 'Eva Nová' }, { seen: '2026-09-01T08:12:00Z' })], now);
    assert.deepEqual(rows(classNodes(roster, words)), [
      '[stuck] Eva Nová | stuck 12 min on “task-2” · 1/3 · Lesson 2: Writing the map · eva',
      '  [lesson] Lesson 2: Writing the map | 1/3',
      '    [passed] task-1',
      '    [open] task-2 | Not yet: uidMap',
      '    [skipped] task-3 | Not yet: uidMap',
    ]);
    assert.equal(summary(roster, t), '1 of 1 here, 1 stuck');
    const [node] = classNodes(roster, words);
    assert.equal(
      node?.tooltip,
      [
        `Eva Nová (eva, uid ${String(uid)})`,
        'Lesson 2: Writing the map',
        '“task-2” is open since 08:00',
        'Not yet: uidMap',
        'last seen 08:12',
      ].join('\n'),
    );
  });

  it('tell those who have begun, who are done, who have left, and who did nothing yet', () => {
    const here = '2026-09-01T08:12:00Z';
    const open = { check: 'map/task-2', since: '2026-09-01T08:11:00Z' };
    const files = [
      good({ name: 'begun' }, { seen: here, lessons: [lesson({ open })] }),
      good({ name: 'done' }, { seen: here, lessons: [lesson({ open: null, passed: [true] })] }),
      good({ name: 'eva' }, { seen: here, lessons: [] }),
      good({ name: 'left' }, { seen: '2026-09-01T08:01:00Z' }),
    ];
    const told = classNodes(rosterOf(files, now), words).map(
      ({ icon, label, description }) => `[${icon}] ${label} | ${description}`,
    );
    assert.deepEqual(told, [
      '[working] begun | at “task-2” · 1/3 · Lesson 2: Writing the map · eva',
      '[done] done | done · 1/1 · Lesson 2: Writing the map · eva',
      '[working] eva | no lesson yet',
      '[away] left | left 08:01, at “task-2” · 1/3 · Lesson 2: Writing the map · eva',
    ]);
  });

  it('show a fault with its reason, its owner and what to do, its name made harmless', () => {
    const fault: FileFault = { fault: 'owner', says: 1001, owner: 1002 };
    const faulty: ClassFile = { name: 'a\u001b[2J.json', owner: 1002, written: now, fault };
    const [node] = classNodes(rosterOf([faulty], now), words);
    assert.equal(node?.label, 'a\\x1b[2J.json');
    assert.equal(node.description, 'says it is of uid 1001, but belongs to uid 1002');
    assert.match(node.tooltip, /It belongs to 1002 \(uid 1002\)\.\nAsk the owner/);
  });

  it('have words in Slovak for every fault and every refusal', () => {
    const say = translator('sk', () => slovak);
    const faults: FileFault[] = [
      ...(['link', 'folder', 'fifo', 'socket', 'device'] as const).map(
        (kind) => ({ fault: 'notRegular', kind }) as const,
      ),
      { fault: 'tooBig', bytes: 300_000 },
      { fault: 'unreadable', code: 'EACCES' },
      { fault: 'notJson' },
      { fault: 'shape', place: '' },
      { fault: 'shape', place: 'seen' },
      { fault: 'newer', version: '2' },
      { fault: 'owner', says: 1, owner: 2 },
      { fault: 'name', expected: 'x.json' },
    ];
    const codes = [notAbsolute, 'ENOENT', 'ENOTDIR', 'EACCES', 'EPERM', 'EROFS', 'ENOSPC', 'EIO'];
    const all = (language: typeof t): string[] => [
      ...faults.flatMap((fault) => [describeFault({ fault }, language), remedyOf(fault, language)]),
      ...codes.flatMap((code) => [whyNotRead(code, '/c', language), whyNotWritten(code, '/c', language)]),
    ];
    const english = all(t);
    all(say).forEach((text, i) => assert.notEqual(text, english[i]));
    for (const text of english) assert.doesNotMatch(text, /\{\d\}/);
  });
});
