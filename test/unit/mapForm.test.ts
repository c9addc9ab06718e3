import * as assert from 'node:assert/strict';
import { asCommand, writesOf, type TypedMaps } from '../../src/ui/inspector/mapForm';
import { isFromPage } from '../../src/ui/inspector/fromPage';
import { describeWritten } from '../../src/ui/inspector/writtenMaps';
import type { MapRule } from '../../src/runtime/mapRules';
import type { MapsWritten, StepRecord } from '../../src/runtime/runtime';
import { describeRule } from '../../src/ui/words/mapRules';
import { person, t } from './facts';

const row = (inside: string, outside: string, length: string) => ({ inside, outside, length });
const typed: TypedMaps = {
  uid: [row('0', '1000', '1')],
  gid: [row('0', '1000', '1'), row('1', '100', '5')],
  write: { setgroups: true, gid: true, uid: true },
};
const all = { setgroups: true, gid: true, uid: true };

describe('the form for writing maps', () => {
  it('stands for writes in the order that an ordinary user has to keep', () => {
    assert.deepEqual(writesOf(typed), [
      { file: 'setgroups', text: 'deny\n' },
      { file: 'gid_map', text: '0 1000 1\n1 100 5\n' },
      { file: 'uid_map', text: '0 1000 1\n' },
    ]);
  });

  it('leaves out what is not to be written', () => {
    const write = { setgroups: false, gid: true, uid: false };
    assert.deepEqual(
      writesOf({ ...typed, write }).map(({ file }) => file),
      ['gid_map'],
    );
  });

  it('is shown as commands that a shell understands', () => {
    assert.deepEqual(
      writesOf(typed).map((write) => asCommand(77, write)),
      [
        'echo deny > /proc/77/setgroups',
        `printf '0 1000 1\\n1 100 5\\n' > /proc/77/gid_map`,
        'echo 0 1000 1 > /proc/77/uid_map',
      ],
    );
  });

  it('quotes whatever is typed', () => {
    const [write] = writesOf({
      ...typed,
      uid: [row("'; rm", '$x', '')],
      write: { ...all, setgroups: false, gid: false },
    });
    assert.ok(write);
    assert.equal(asCommand(77, write), `echo ''\\''; rm $x' > /proc/77/uid_map`);
  });

  it('takes nothing from the page that is not a write', () => {
    assert.equal(isFromPage({ type: 'writeIdMaps', key: 1, writes: writesOf(typed) }), true);
    for (const writes of [undefined, {}, [null], [{ file: 'mem', text: '' }], [{ file: 'uid_map', text: 0 }]])
      assert.equal(isFromPage({ type: 'writeIdMaps', key: 1, writes }), false);
    assert.equal(isFromPage({ type: 'writeIdMaps', key: '1', writes: [] }), false);
  });
});

const step = (name: string, call: string, code = ''): StepRecord => {
  return { step: `write_${name}`, call, code, begin: 0, duration: 1 };
};

describe('what came of writing maps', () => {
  it('says that nobody has become root', () => {
    const call = `write /proc/7/uid_map "0 ${person.uid} 1" = 9`;
    const { refused, lines } = describeWritten({ steps: [step('uid_map', call)] }, person, t);
    assert.equal(refused, false);
    assert.deepEqual(lines, ['Written: uid_map.', 'Type id in the terminal: nobody has become root.']);
  });

  it('says what was refused, by which rule, and what is written nevertheless', () => {
    const written: MapsWritten = {
      steps: [step('setgroups', ''), step('gid_map', '', 'EPERM')],
      refused: { write: { file: 'gid_map', text: '' }, code: 'EPERM', rules: [{ rule: 'one-id-only' }] },
    };
    assert.deepEqual(describeWritten(written, person, t), {
      done: ['setgroups'],
      refused: true,
      lines: [
        'The kernel refused gid_map: EPERM.',
        'Without CAP_SETGID in the user namespace outside, you may map one id: a single line of length 1.',
        'Written before it, and kept: setgroups.',
        'These are the rules of user_namespaces(7).',
      ],
    });
  });

  const rules: Record<string, MapRule> = {
    once: { rule: 'written-already' },
    'from the boot on': { rule: 'first-namespace' },
    '“0 \\\\x1b”': { rule: 'not-three-numbers', line: '0 \x1b' },
    'word deny': { rule: 'not-allow-or-deny' },
    'at least one line': { rule: 'malformed', problem: { problem: 'no-row', rows: 0 } },
    'at most 340 lines, not 341': { rule: 'malformed', problem: { problem: 'too-many-rows', rows: 341 } },
    'Line 2: ids go from 0 to 4294967294': { rule: 'malformed', problem: { problem: 'not-an-id', row: 1 } },
    'Line 1: .* length is not 0': { rule: 'malformed', problem: { problem: 'no-length', row: 0 } },
    'Line 1 reaches beyond': { rule: 'malformed', problem: { problem: 'beyond-largest', row: 0 } },
    'overlap inside, at id 5': { rule: 'malformed', problem: { problem: 'overlap', side: 'inside', id: 5 } },
    'overlap outside, at id 5': {
      rule: 'malformed',
      problem: { problem: 'overlap', side: 'outside', id: 5 },
    },
    'CAP_SETUID .* own id only: 1000, not 0': { rule: 'own-id-only', own: 1000, wanted: 0 },
    'only after deny': { rule: 'setgroups-first' },
    'before gid_map': { rule: 'setgroups-too-late' },
    'never says allow': { rule: 'denied-for-good' },
    'id 10 has no mapping': { rule: 'not-mapped-outside', id: 10 },
    'parent user namespace': { rule: 'not-the-parent' },
  };
  for (const [words, rule] of Object.entries(rules)) {
    it(`${rule.rule}: ${words}`, () => {
      assert.match(describeRule(rule, 'uid_map', t), new RegExp(words));
    });
  }
});
