import * as assert from 'node:assert/strict';
import type { NativeStep } from '../../src/kernel/native';
import type { NativeOp } from '../../src/kernel/nativeSpec';
import { callOf, callOfOp } from '../../src/runtime/systemCalls';

const facts = {
  namespaces: 0x30000000,
  join: 0x30020000,
  joinPid: 7,
  entersTime: false,
  file: '/bin/sh',
  argv: ['sh', '-c', 'echo "hi"'],
  cwd: '/home/a b',
};

function step(name: string, more: Partial<NativeStep> = {}): NativeStep {
  return { step: name, code: '', result: 0, begin: 0n, end: 1n, ...more };
}

function op(kind: NativeOp['kind'], texts: readonly string[], number = 0n, data?: string): NativeOp {
  return { step: 'x', kind, texts, number, ...(data === undefined ? {} : { data }) };
}

/** Steps as strace(1) writes them, so that a class can compare. */
describe('system calls in readable form', () => {
  it('names the flags, and gives the result', () => {
    assert.equal(
      callOf(step('clone', { result: 25435 }), facts),
      'clone(CLONE_NEWUSER|CLONE_NEWPID|CLONE_VM|CLONE_PIDFD|SIGCHLD) = 25435',
    );
    assert.equal(
      callOf(step('setns', { result: 631 }), facts),
      'setns(CLONE_NEWNET), setns(CLONE_NEWNS), setns(CLONE_NEWUSER) = 0',
    );
  });

  it('quotes what others chose', () => {
    assert.equal(callOf(step('execve'), facts), 'execve("/bin/sh", ["sh", "-c", "echo \\"hi\\""]) = 0');
    assert.equal(callOf(step('chdir'), facts), 'chdir("/home/a b") = 0');
  });

  it('a refused step ends with its errno', () => {
    const proc = op('mount', ['proc', '/proc', 'proc'], 0xen);
    assert.equal(
      callOf(step('mount_proc', { code: 'EPERM', result: -1, op: proc }), facts),
      'mount("proc", "/proc", "proc", MS_NOSUID|MS_NODEV|MS_NOEXEC) = -1 EPERM',
    );
  });

  const ops: readonly (readonly [NativeOp, string])[] = [
    [op('mount', ['/a', '/b', ''], 0x5000n), 'mount("/a", "/b", NULL, MS_BIND|MS_REC)'],
    [
      op('mount', ['tmpfs', '/dev', 'tmpfs'], 2n, 'mode=755'),
      'mount("tmpfs", "/dev", "tmpfs", MS_NOSUID, "mode=755")',
    ],
    [op('readonly', ['/b'], 0x8000n), 'mount_setattr("/b", AT_RECURSIVE, MOUNT_ATTR_RDONLY)'],
    [op('umount', ['.'], 2n), 'umount2(".", MNT_DETACH)'],
    [op('pivot_root', ['.', '.']), 'pivot_root(".", ".")'],
    [op('mkdir', ['/d'], 0o755n), 'mkdir("/d", 0755)'],
    [
      op('write', ['/proc/self/timens_offsets', 'monotonic 1 0\n']),
      'write /proc/self/timens_offsets "monotonic 1 0\\n"',
    ],
    [op('unshare', [], 0x80n), 'unshare(CLONE_NEWTIME)'],
    [op('setids', [], 5n | (6n << 32n)), 'setresgid(6), setresuid(5)'],
    [op('drop_caps', [], 1n << 13n), 'prctl(PR_CAPBSET_DROP, CAP_NET_RAW), capset()'],
    [op('drop_caps', [], (1n << 64n) - 1n), 'prctl(PR_CAPBSET_DROP, all), capset()'],
  ];
  for (const [each, text] of ops) {
    it(text, () => {
      assert.equal(callOfOp(each), text);
    });
  }
});
