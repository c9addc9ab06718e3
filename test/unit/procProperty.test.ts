import * as assert from 'node:assert/strict';
import { harmless } from '../../src/kernel/harmless';
import { parseIdMap } from '../../src/kernel/idMap';
import { parseNamespaceLink, parseStatus } from '../../src/kernel/proc';
import { parseUserNames } from '../../src/inspect/userNames';
import { parseHidepid } from '../../src/inspect/takeSnapshot';
import { randomNumbers } from './random';

const rounds = 3000;
const pieces = [
  ...[
    'Name:\t',
    'Pid:\t',
    'PPid:\t',
    'NSpid:\t',
    'Uid:\t',
    'CapEff:\t',
    '\n',
    '\t',
    ':',
    ' ',
    '\\n',
    '\\\\',
    '\\',
  ],
  ...[
    '0',
    '1',
    '77',
    '-1',
    '4294967295',
    '99999999999999999999',
    'ffffffffffffffff',
    'x',
    '\0',
    '\x1b[2J',
    '\u202e',
  ],
  ...[
    'user:[4026531837]',
    'pid:[',
    ']',
    '/proc',
    ' - proc proc rw,hidepid=',
    'invisible',
    '2',
    'root:x:0:0:',
  ],
];

/** Whatever others write into what is read here, the answer is one of the right shape, or a SyntaxError where promised. */
describe('parsers of what others write', () => {
  const random = randomNumbers(4711);
  const text = (): string =>
    Array.from({ length: random(30) }, () => pieces[random(pieces.length)] ?? '').join('');

  it('a status has numbers where it has any, and a name of one line', () => {
    for (let i = 0; i < rounds; i++) {
      const written = text();
      const status = parseStatus(Buffer.from(written));
      if (!status) continue;
      assert.ok(status.pidChain.length > 0, JSON.stringify(written));
      assert.equal(typeof status.capabilities, 'bigint');
      assert.doesNotMatch(harmless(status.name), /[\p{Cc}\u202e]/u);
    }
  });

  it('an id map is rows of three whole numbers, or none at all', () => {
    for (let i = 0; i < rounds; i++) {
      const written = text();
      try {
        for (const row of parseIdMap(written))
          for (const id of Object.values(row)) assert.ok(Number.isSafeInteger(id) && id >= 0, written);
      } catch (error) {
        assert.ok(error instanceof SyntaxError, String(error));
      }
    }
  });

  it('a link names a kind that there is, and an id', () => {
    for (let i = 0; i < rounds; i++) {
      const link = parseNamespaceLink(text());
      if (link) assert.ok(Number.isSafeInteger(link.id) && link.kind.length > 1);
    }
    assert.equal(parseNamespaceLink('user:[4026531837]')?.id, 4026531837);
  });

  it('names of users and the option hidepid are taken from whole lines', () => {
    for (let i = 0; i < rounds; i++) {
      const written = text();
      for (const [uid, name] of parseUserNames(written)) assert.ok(Number.isSafeInteger(uid) && name !== '');
      assert.ok(['off', 'noaccess', 'invisible', 'ptraceable'].includes(parseHidepid(written)));
    }
    assert.equal(parseUserNames('root:x:0:0::/:/bin/sh\ntoor:x:0:0::/:\n').get(0), 'root');
  });
});
