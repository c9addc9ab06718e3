import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import type { NamespaceKind } from '../../src/kernel/kinds';
import type { Profile } from '../../src/runtime/profile';
import { killHelpers } from './helper';
import { assertNothingLeft, attemptIn, errno, opens, refused } from './refusing';
import type { RefusedCall } from './seccomp';
import { request, TestRuntime } from './support';

const bound: Partial<Profile> = { binds: [{ source: '/usr', target: '/mnt', writable: false }] };
const rooted: Partial<Profile> = { root: { path: '/', access: 'read-only' } };
const temporary: Partial<Profile> = { root: { path: '/usr', access: 'temporary' } };

/** A step of the set-up, the profile that takes it, and what a person is told was refused. */
const steps: readonly (readonly [RefusedCall, string, Partial<Profile> | 'all', RegExp])[] = [
  ['private_mounts', 'private_mounts', {}, /^The mounts could not be kept apart from those of the host/],
  ['mount_proc', 'mount_proc', {}, /^A fresh \/proc could not be mounted/],
  ['sethostname', 'sethostname', {}, /^The hostname could not be set/],
  ['unshare_time', 'unshare_time', 'all', /^The kernel refused to make a time namespace/],
  ['unshare_cgroup', 'unshare_cgroup', 'all', /^The kernel refused to make a cgroup namespace/],
  ['lo_up', 'lo_up', 'all', /^The loopback interface could not be switched on/],
  ['bind', 'bind', bound, /^\/mnt cannot be mounted inside/],
  ['read_only', 'read_only', bound, /^\/mnt could not be made read-only/],
  ['bind', 'bind_root', rooted, /^The root directory could not be entered \(bind_root/],
  ['pivot_root', 'pivot_root', rooted, /^The root directory could not be entered \(pivot_root/],
  ['mount_overlay', 'mount_overlay', temporary, /^The temporary root directory could not be made/],
];

/** A filter of system calls may refuse any step of a set-up, as container engines’ do. */
describe('what a seccomp filter refuses', () => {
  const runtime = new TestRuntime();
  afterEach(killHelpers);
  afterEach(() => runtime.closeAll());

  for (const [call, step, profile, what] of steps) {
    for (const code of ['EPERM', 'ENOSYS'] as const) {
      it(`${step}: ${code}`, async () => {
        const { failure, words } = await refused([], call, errno[code], profile);
        assert.deepEqual([failure.step, failure.code], [step, code]);
        assert.match(words.what, what);
        assert.ok(words.what.includes(code), words.what);
        assert.match(words.why, /seccomp filter.* most likely forbids it/);
        assert.match(words.remedy, /seccomp profile that allows clone, unshare and mount/);
        assert.equal(words.machine, true);
      });
    }
  }

  describe('setns, of a shell that joins a process', () => {
    const ways: readonly (readonly NamespaceKind[])[] = [
      ['user', 'uts', 'time'],
      ...(process.geteuid?.() === 0 ? [['pid'] as const] : []),
    ];
    for (const kinds of ways) {
      it(`${kinds.join(', ')}: ENOSYS, and no shell outside of them`, async () => {
        const target = await runtime.open(request('all', { command: ['sleep', 'infinity'] }));
        const join = { pid: target.pid, kinds };
        const { failure } = await refused([], 'setns', errno.ENOSYS, 'plain', { join });
        assert.deepEqual([failure.step, failure.code], ['setns', 'ENOSYS']);
      });
    }
  });

  describe('calls that older filters do not know, and so answer with EPERM', () => {
    let folder: string;

    beforeEach(() => (folder = fs.mkdtempSync(path.join(os.tmpdir(), 'anton-'))));
    afterEach(() => {
      fs.rmSync(folder, { recursive: true });
    });

    for (const code of ['EPERM', 'ENOSYS'] as const) {
      it(`close_range: ${code}`, () => opens([], 'close_range', errno[code], 'anton'));

      it(`mount_setattr: ${code}, and a file can be bound read-only, and a root directory entered`, async () => {
        const source = path.join(folder, 'source');
        const target = path.join(folder, 'target');
        for (const file of [source, target]) fs.writeFileSync(file, '');
        const binds = [{ source, target, writable: false }];
        const command = ['sh', '-c', `! echo changed >> ${target}`];
        await opens([], 'read_only', errno[code], { binds }, { command });
        await opens(
          [],
          'read_only',
          errno[code],
          { binds, root: { path: '/', access: 'writable' } },
          { command },
        );
        assert.equal(fs.readFileSync(source, 'utf8'), '');
      });

      it(`pidfd_send_signal: ${code}, and a terminal can be killed`, async () => {
        const more = { command: ['sleep', 'infinity'], kill: true };
        const attempt = await attemptIn([], 'pidfd_send_signal', errno[code], 'anton', more);
        assert.deepEqual(attempt.end, { signal: 'SIGKILL' });
        assertNothingLeft(attempt);
      });
    }
  });

  it('clone3 with ENOSYS, as Docker’s does: nothing needs it', () =>
    opens([], 'clone3', errno.ENOSYS, 'all'));
});
