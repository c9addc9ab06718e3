import * as assert from 'node:assert/strict';
import type koffiModule from 'koffi';

/** Numbers of system calls, from <asm/unistd.h>. */
const calls = process.arch === 'arm64' ? { clone: 220, seccomp: 277 } : { clone: 56, seccomp: 317 };

/** Offsets in struct seccomp_data: the call's number, and the lower half of its first argument (seccomp(2)). */
const offsetOf = { number: 0, argument: 16 };

/** Codes of classic BPF, from <linux/bpf_common.h>. */
const load = 0x20;
const ifEqual = 0x15;
const ifAnyBit = 0x45;
const give = 0x06;

const allow = 0x7fff0000;
const refuse = 0x00050000;
const newUser = 0x10000000;

/**
 * Does to this process, all its threads and all that it starts what container engines do: clone(2) of a user namespace
 * is answered with an errno. There is no way back.
 */
export function refuseUserNamespaces(errno: number): void {
  const program = Buffer.concat([
    instruction(load, 0, 0, offsetOf.number),
    instruction(ifEqual, 0, 3, calls.clone),
    instruction(load, 0, 0, offsetOf.argument),
    instruction(ifAnyBit, 0, 1, newUser),
    instruction(give, 0, 0, refuse | errno),
    instruction(give, 0, 0, allow),
  ]);
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

/** struct sock_filter. */
function instruction(code: number, ifTrue: number, ifFalse: number, value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeUInt16LE(code, 0);
  bytes.writeUInt8(ifTrue, 2);
  bytes.writeUInt8(ifFalse, 3);
  bytes.writeUInt32LE(value, 4);
  return bytes;
}
