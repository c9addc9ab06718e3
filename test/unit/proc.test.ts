import * as assert from 'node:assert/strict';
import { harmless } from '../../src/kernel/harmless';
import { parseNamespaceLink, parseStatus } from '../../src/kernel/proc';

/** /proc/PID/status, with the name as the kernel writes it. */
function status(name: string | Buffer, more = 'NSpid:\t77\t1\n'): Buffer {
  const fields =
    'Umask:\t0022\nState:\tS (sleeping)\nTgid:\t77\nNgid:\t0\nPid:\t77\nPPid:\t12\nTracerPid:\t0\n';
  const ids = 'Uid:\t1000\t1001\t1002\t1003\nGid:\t2000\t2001\t2002\t2003\nCapEff:\t0000000000000003\n';
  return Buffer.concat([Buffer.from('Name:\t'), Buffer.from(name), Buffer.from(`\n${fields}${ids}${more}`)]);
}

describe('/proc', () => {
  it('a status tells PIDs from outside inwards, and effective ids', () => {
    assert.deepEqual(parseStatus(status('sh')), {
      ...{ name: 'sh', pid: 77, parent: 12, pidChain: [77, 1], uid: 1001, gid: 2001, capabilities: 0x3n },
    });
  });

  it('without NSpid the PID is the only one', () => {
    assert.deepEqual(parseStatus(status('sh', ''))?.pidChain, [77]);
  });

  for (const [written, name] of [
    ['a b', 'a b'],
    ['two\\nlines', 'two\nlines'],
    ['back\\\\nslash', 'back\\nslash'],
    ['Pid:\\nPid:\\t1', 'Pid:\nPid:\\t1'],
    [') R 1 1', ') R 1 1'],
    ['<img src=x>', '<img src=x>'],
    ['\x1b[31m', '\x1b[31m'],
    ['', ''],
  ] as const) {
    it(`a name of ${JSON.stringify(name)} is told from the other fields`, () => {
      const parsed = parseStatus(status(written));
      assert.equal(parsed?.name, name);
      assert.deepEqual([parsed.pid, parsed.parent], [77, 12]);
    });
  }

  it('a name that is no UTF-8 breaks nothing', () => {
    assert.equal(parseStatus(status(Buffer.from([0xff, 0x41, 0xc3])))?.name, '\ufffdA\ufffd');
    assert.equal(parseStatus(status(' blanks around  '))?.name, ' blanks around  ');
  });

  it('a status without a PID is none', () => {
    assert.equal(parseStatus(Buffer.from('')), undefined);
    assert.equal(parseStatus(Buffer.from('Name:\tsh\n')), undefined);
  });

  it('a link tells kind and id', () => {
    assert.deepEqual(parseNamespaceLink('pid:[4026531836]'), { kind: 'pid', id: 4026531836 });
    assert.deepEqual(parseNamespaceLink('cgroup:[1]'), { kind: 'cgroup', id: 1 });
  });

  for (const link of [
    '',
    'pid',
    'pid:[]',
    'pid:[-1]',
    'foo:[1]',
    'pid:[1] ',
    ' pid:[1]',
    'socket:[1]',
    'pid:[1]x',
  ]) {
    it(`${JSON.stringify(link)} is no namespace`, () => {
      assert.equal(parseNamespaceLink(link), undefined);
    });
  }
});

describe('a harmless text', () => {
  for (const [text, shown] of [
    ['plain ñ 漢字 😀', 'plain ñ 漢字 😀'],
    ['\x1b[31mred\x07', '\\x1b[31mred\\x07'],
    ['two\nlines\r', 'two\\nlines\\x0d'],
    ['\u202etxt\u200b', '\\u202etxt\\u200b'],
    ['\u2028\u2029\u0085', '\\u2028\\u2029\\x85'],
    ['\u{e0001}', '\\u{e0001}'],
    ['\ud800', '\\ud800'],
    ['<b>&amp;', '<b>&amp;'],
  ] as const) {
    it(`${JSON.stringify(text)} is shown as ${JSON.stringify(shown)}`, () => {
      assert.equal(harmless(text), shown);
    });
  }
});
