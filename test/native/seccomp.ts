import * as assert from 'node:assert/strict';
import type koffiModule from 'koffi';

/** Numbers of system calls, from <asm/unistd.h>; those of newer calls are the same everywhere. */
const numbers =
  process.arch === 'arm64'
    ? {
        clone: 220,
        unshare: 97,
        setns: 268,
        mount: 40,
        pivot_root: 41,
        sethostname: 161,
        ioctl: 29,
        seccomp: 277,
      }
    : {
        clone: 56,
        unshare: 272,
        setns: 308,
        mount: 165,
        pivot_root: 155,
        sethostname: 170,
        ioctl: 16,
        seccomp: 317,
      };
const calls = { ...numbers, clone3: 435, close_range: 436, pidfd_send_signal: 424, mount_setattr: 442 };

/** What a filter is about: calls, or those among them with this in one argument. */
interface Target {
  readonly call: Exclude<keyof typeof calls, 'seccomp'>;
  readonly argument?: number;
  /** Its lower half is this... */
  readonly equal?: number;
  /** ... or has any of these bits. */
  readonly bits?: number;
}

const setUpOfProc = 0xe; // MS_NOSUID | MS_NODEV | MS_NOEXEC

/** The calls that tests have refused, by the step in which Anton makes them. */
const targets = {
  clone: { call: 'clone', argument: 0, bits: 0x10000000 },
  clone3: { call: 'clone3' },
  close_range: { call: 'close_range' },
  pidfd_send_signal: { call: 'pidfd_send_signal' },
  setns: { call: 'setns' },
  unshare_time: { call: 'unshare', argument: 0, bits: 0x80 },
  unshare_cgroup: { call: 'unshare', argument: 0, bits: 0x02000000 },
  lo_up: { call: 'ioctl', argument: 1, equal: 0x8914 },
  make_tap: { call: 'ioctl', argument: 1, equal: 0x400454ca },
  sethostname: { call: 'sethostname' },
  private_mounts: { call: 'mount', argument: 3, bits: 0x40000 },
  mount_proc: { call: 'mount', argument: 3, equal: setUpOfProc },
  mount_overlay: { call: 'mount', argument: 3, equal: 0 },
  bind: { call: 'mount', argument: 3, bits: 0x1000 },
  read_only: { call: 'mount_setattr' },
  pivot_root: { call: 'pivot_root' },
} as const satisfies Record<string, Target>;

export type RefusedCall = keyof typeof targets;

export function isRefusedCall(name: string): name is RefusedCall {
  return Object.hasOwn(targets, name);
}

/** Codes of classic BPF, from <linux/bpf_common.h>. */
const load = 0x20;
const ifEqual = 0x15;
const ifAnyBit = 0x45;
const give = 0x06;

const allow = 0x7fff0000;
const refuse = 0x00050000;

/**
 * Does to this process, all its threads and all that it starts what container engines do: a system call is answered
 * with an errno. There is no way back.
 */
export function refuseCall(name: RefusedCall, errno: number): void {
  const program = filterOf(targets[name], errno);
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- as in src/kernel/native.ts
  const koffi = require('koffi') as typeof koffiModule;
  const libc = koffi.load('libc.so.6');
  koffi.struct('sock_fprog', { len: 'uint16_t', filter: 'void *' });
  const prctl = libc.func('int prctl(int option, ulong a, ulong b, ulong c, ulong d)');
  const syscall = libc.func('long syscall(long number, long operation, long flags, sock_fprog *program)');
  const [noNewPrivileges, setModeFilter, allThreads] = [38, 1, 1];
  assert.equal(prctl(noNewPrivileges, 1, 0, 0, 0), 0);
  const filter = { len: program.length / 8, filter: program };
  assert.equal(Number(syscall(calls.seccomp, setModeFilter, allThreads, filter)), 0);
}

/** Offsets in struct seccomp_data: 0 is the call's number, 16 the lower half of its first argument (seccomp(2)). */
function filterOf({ call, argument, equal, bits }: Target, errno: number): Buffer {
  const test =
    argument === undefined
      ? []
      : [
          instruction(load, 0, 0, 16 + 8 * argument),
          bits === undefined ? instruction(ifEqual, 0, 1, equal ?? 0) : instruction(ifAnyBit, 0, 1, bits),
        ];
  return Buffer.concat([
    instruction(load, 0, 0, 0),
    instruction(ifEqual, 0, test.length + 1, calls[call]),
    ...test,
    instruction(give, 0, 0, refuse | errno),
    instruction(give, 0, 0, allow),
  ]);
}

/** struct sock_filter. */
function instruction(code: number, ifTrue: number, ifFalse: number, value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeUInt16LE(code, 0);
  bytes.writeUInt8(ifTrue, 2);
  bytes.writeUInt8(ifFalse, 3);
  bytes.writeUInt32LE(value, 4);
  return bytes;
}
