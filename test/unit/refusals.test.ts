import * as assert from 'node:assert/strict';
import type { FailureData } from '../../src/kernel/failure';
import type { Machine } from '../../src/runtime/machine';
import { explain } from '../../src/ui/words/refusals';
import { t } from './facts';
import { openMachine as open } from './machineFacts';

/** What users of such tools meet, and what they are told: the cause, not the errno alone. */
describe('the words for a refusal', () => {
  const cases: readonly (readonly [string, FailureData, Partial<Machine>, RegExp, RegExp])[] = [
    [
      'no descriptor left, whatever the step',
      { step: 'clone', code: 'EMFILE' },
      {},
      /may open no more \(EMFILE\)/,
      /ulimit -n/,
    ],
    ['no process left', { step: 'clone', code: 'EAGAIN' }, {}, /may start no more/, /ulimit -u/],
    [
      'Ubuntu: AppArmor takes the capabilities, so the map cannot be written (EACCES)',
      { step: 'write_uid_map', code: 'EACCES' },
      { apparmorRestrictsUserns: 1 },
      /AppArmor restricts user namespaces here/,
      /AppArmor profile that allows userns/,
    ],
    [
      'Ubuntu: the same cause, the other errno (EPERM)',
      { step: 'write_gid_map', code: 'EPERM' },
      { apparmorRestrictsUserns: 1 },
      /AppArmor restricts user namespaces here/,
      /AppArmor profile that allows userns/,
    ],
    [
      'a container engine’s seccomp filter',
      { step: 'clone', code: 'EPERM' },
      { container: 'docker' },
      /container, and its seccomp filter/,
      /--security-opt seccomp=unconfined/,
    ],
    [
      'Debian: kernel.unprivileged_userns_clone is 0',
      { step: 'clone', code: 'EPERM' },
      { unprivilegedUsernsClone: 0 },
      /kernel\.unprivileged_userns_clone is 0/,
      /sysctl kernel\.unprivileged_userns_clone=1/,
    ],
    [
      'a masked or covered /proc',
      { step: 'mount_proc', code: 'EPERM' },
      {},
      /covered or read-only/,
      /--security-opt unmask=ALL/,
    ],
    [
      'max_user_namespaces is 0: no disk is full',
      { step: 'clone', code: 'ENOSPC' },
      { maxNamespaces: { user: 0 } },
      /user\.max_user_namespaces is 0\. “No space left on device” means this limit, not a disk/,
      /max_user_namespaces raised/,
    ],
    [
      'too many or too deep',
      { step: 'clone', code: 'ENOSPC' },
      {},
      /number or the depth of namespaces is reached\. “No space left on device” means this limit, not a disk/,
      /Close other isolated terminals/,
    ],
    [
      'too deep, before Linux 4.9',
      { step: 'clone', code: 'EUSERS' },
      {},
      /number or the depth/,
      /Close other/,
    ],
    ['an old kernel', { step: 'clone', code: 'EINVAL' }, {}, /too old/, /WSL 2/],
    [
      'a kernel without namespaces',
      { step: 'clone', code: 'ENOSYS' },
      {},
      /built without such/,
      /newer kernel/,
    ],
    [
      'a policy nobody knows',
      { step: 'clone', code: 'EPERM' },
      {},
      /security policy/,
      /administrator.*profile plain/,
    ],
    ['no memory', { step: 'clone', code: 'ENOMEM' }, {}, /no memory/, /try again/],
    ['another system', { step: 'platform', code: '', subject: 'darwin' }, {}, /runs on darwin/, /on Linux/],
    ['another architecture', { step: 'load_library', code: '' }, {}, /^$/, /architecture/],
    [
      'a step that has no words of its own',
      { step: 'stdio', code: 'EIO' },
      {},
      /stdio was refused: EIO/,
      /Show Log/,
    ],
  ];
  for (const [title, failure, machine, why, remedy] of cases) {
    it(title, () => {
      const said = explain(failure, { ...open, ...machine }, t);
      assert.match(said.why, why);
      assert.match(said.remedy, remedy);
      assert.notEqual(said.what, '');
      assert.doesNotMatch(`${said.what}${said.why}${said.remedy}`, /\{\d\}|undefined/);
    });
  }

  it('say what was refused, with the step and the errno', () => {
    assert.match(explain({ step: 'clone', code: 'EPERM' }, open, t).what, /clone: EPERM/);
  });

  it('make what others chose harmless', () => {
    const said = explain({ step: 'find_program', code: 'ENOENT', subject: '\x1b[31mx\n\u202e' }, open, t);
    assert.match(said.what, /\\x1b\[31mx\\n\\u202e/);
  });

  it('offer to check the machine where it may be the cause, and only there', () => {
    const offers = (failure: FailureData): boolean => explain(failure, open, t).machine === true;
    for (const step of [
      'clone',
      'mount_proc',
      'newuidmap',
      'limits',
      'user_network',
      'mount_overlay',
      'lo_up',
    ])
      assert.ok(offers({ step, code: 'EPERM' }), step);
    for (const step of ['find_shell', 'find_program', 'execve', 'chdir', 'join', 'platform', 'load_library'])
      assert.ok(!offers({ step, code: 'ENOENT' }), step);
    assert.ok(!offers({ step: 'clone', code: 'EMFILE' }));
  });

  it('lead to the setting only where it helps', () => {
    assert.equal(
      explain({ step: 'find_shell', code: 'ENOENT', subject: 'x' }, open, t).setting,
      'anton.shell',
    );
    assert.equal(explain({ step: 'clone', code: 'EPERM' }, open, t).setting, undefined);
  });

  it('tell of a scan that failed as of a scan', () => {
    for (const code of ['EACCES', 'ENOENT', 'ENOEXEC', 'EMFILE', 'EAGAIN', 'ETIMEDOUT', '']) {
      const { what, why, remedy } = explain({ step: 'scan', code, subject: 'SIGSEGV' }, open, t);
      assert.equal(what, 'The machine’s namespaces could not be scanned.');
      assert.ok(why !== '' && remedy !== '');
      if (code === '') assert.match(why, /SIGSEGV/);
    }
  });
});
