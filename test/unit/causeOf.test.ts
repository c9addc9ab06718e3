import * as assert from 'node:assert/strict';
import type { FailureData } from '../../src/kernel/failure';
import type { NamespaceKind } from '../../src/kernel/kinds';
import { causeOf } from '../../src/runtime/causeOf';
import type { Cause, CauseName } from '../../src/runtime/causes';
import type { Machine } from '../../src/runtime/machine';
import { causeWords } from '../../src/ui/words/causes';
import { recipesFor } from '../../src/ui/words/remedies';
import { t } from './facts';
import { nestedMap, openMachine } from './machineFacts';

type Case = readonly [
  title: string,
  failure: FailureData,
  machine: Partial<Machine>,
  cause: Cause,
  kinds?: readonly NamespaceKind[],
];

const ubuntu = { apparmorRestrictsUserns: 1 };

const cases: readonly Case[] = [
  [
    'another system',
    { step: 'platform', code: '', subject: 'darwin' },
    {},
    { cause: 'not-linux', subject: 'darwin' },
  ],
  ['WSL 1', { step: 'clone', code: 'EINVAL' }, { wsl: 1 }, { cause: 'wsl1' }],
  [
    'Ubuntu: the clone succeeds, the map is refused with EACCES',
    { step: 'write_uid_map', code: 'EACCES' },
    ubuntu,
    { cause: 'apparmor-userns' },
  ],
  [
    'Ubuntu: the same with EPERM',
    { step: 'write_setgroups', code: 'EPERM' },
    ubuntu,
    { cause: 'apparmor-userns' },
  ],
  ['Ubuntu: at a mount', { step: 'private_mounts', code: 'EACCES' }, ubuntu, { cause: 'apparmor-userns' }],
  ['Ubuntu: at lo', { step: 'lo_up', code: 'EPERM' }, ubuntu, { cause: 'apparmor-userns' }],
  [
    'a container on Ubuntu: the clone itself is refused, so by its filter',
    { step: 'clone', code: 'EPERM' },
    { ...ubuntu, seccomp: 2, container: 'docker' },
    { cause: 'container-seccomp' },
  ],
  [
    'a filter that answers ENOSYS',
    { step: 'clone', code: 'ENOSYS' },
    { seccomp: 2 },
    { cause: 'container-seccomp' },
  ],
  [
    'Docker’s AppArmor profile',
    { step: 'private_mounts', code: 'EACCES' },
    { container: 'docker', apparmorProfile: 'docker-default (enforce)' },
    { cause: 'container-apparmor', subject: 'docker-default (enforce)' },
  ],
  [
    'a covered /proc',
    { step: 'mount_proc', code: 'EPERM' },
    { maskedProc: ['/proc/sys', '/proc/kcore'] },
    { cause: 'masked-proc', subject: '/proc/sys /proc/kcore' },
  ],
  [
    'max_user_namespaces is 0',
    { step: 'clone', code: 'ENOSPC' },
    { maxNamespaces: { user: 0 } },
    { cause: 'max-user-namespaces', subject: 'user.max_user_namespaces' },
  ],
  [
    'max_net_namespaces is 0',
    { step: 'clone', code: 'ENOSPC' },
    { maxNamespaces: { user: 9, net: 0 } },
    { cause: 'max-user-namespaces', subject: 'user.max_net_namespaces' },
    ['user', 'net'],
  ],
  ['too many, or too deep', { step: 'clone', code: 'ENOSPC' }, {}, { cause: 'nesting-limit' }],
  ['too deep, before Linux 4.9', { step: 'clone', code: 'EUSERS' }, {}, { cause: 'nesting-limit' }],
  [
    'Debian’s switch',
    { step: 'clone', code: 'EPERM' },
    { unprivilegedUsernsClone: 0 },
    { cause: 'userns-clone-off' },
  ],
  ['a chroot', { step: 'clone', code: 'EPERM' }, { chroot: true }, { cause: 'chroot' }],
  [
    'no subordinate ids',
    { step: 'subordinate_ids', code: '', subject: '/etc/subuid' },
    {},
    { cause: 'no-subordinate-ids', subject: '/etc/subuid' },
  ],
  [
    'no newuidmap',
    { step: 'find_newgidmap', code: 'ENOENT', subject: 'newgidmap' },
    {},
    { cause: 'helper-missing', subject: 'newuidmap, newgidmap' },
  ],
  [
    'newuidmap under no_new_privs',
    { step: 'newuidmap', code: 'EPERM', subject: 'write to uid_map failed' },
    { noNewPrivileges: true },
    { cause: 'no-new-privs', subject: 'newuidmap' },
  ],
  [
    'newuidmap without privileges',
    { step: 'newuidmap', code: 'EPERM' },
    { helpers: [{ name: 'newuidmap', path: '/usr/bin/newuidmap', setuid: false }] },
    { cause: 'helper-not-privileged', subject: 'newuidmap' },
  ],
  [
    'newuidmap in a container without those ids',
    { step: 'newuidmap', code: 'EPERM', subject: 'told' },
    { uidMap: nestedMap },
    { cause: 'nested-ids', subject: 'told' },
  ],
  [
    'root in a container',
    { step: 'write_uid_map', code: 'EPERM' },
    { uidMap: nestedMap },
    { cause: 'nested-ids' },
  ],
  [
    'newuidmap refuses for a reason of its own',
    { step: 'newuidmap', code: 'EPERM', subject: 'told' },
    {},
    { cause: 'helper-failed', subject: 'told' },
  ],
  [
    'no time namespaces before Linux 5.6',
    { step: 'unshare_time', code: 'EINVAL' },
    { kernel: '5.4.0-42-generic', kinds: ['user', 'pid'] },
    { cause: 'old-kernel', subject: 'time', since: '5.6' },
    ['user', 'time'],
  ],
  [
    'no execve into a time namespace before Linux 6.1',
    { step: 'proof', code: '' },
    { kernel: '5.15.0' },
    { cause: 'old-kernel', subject: 'time_by_exec', since: '6.1' },
    ['user', 'time'],
  ],
  [
    'no overlays in user namespaces before Linux 5.11',
    { step: 'mount_overlay', code: 'EPERM' },
    { kernel: '5.10.0-8-amd64' },
    { cause: 'old-kernel', subject: 'overlay', since: '5.11' },
  ],
  [
    'no overlays',
    { step: 'mount_overlay', code: 'ENODEV' },
    {},
    { cause: 'kernel-without', subject: 'overlay' },
  ],
  ['an overlay on an overlay', { step: 'mount_overlay', code: 'EINVAL' }, {}, { cause: 'overlay-below' }],
  [
    'a kernel built without',
    { step: 'clone', code: 'EINVAL' },
    { kinds: ['pid'] },
    { cause: 'kernel-without', subject: 'user' },
    ['user'],
  ],
  [
    'no program for a network',
    { step: 'user_network', code: 'ENOENT' },
    {},
    { cause: 'helper-missing', subject: 'slirp4netns, pasta' },
  ],
  ['no tun', { step: 'user_network', code: '', subject: 'told' }, { tun: false }, { cause: 'no-tun' }],
  [
    'a program for a network that fails',
    { step: 'user_network', code: '', subject: 'told' },
    {},
    { cause: 'helper-failed', subject: 'told' },
  ],
  ['no cgroup v2', { step: 'limits', code: '', subject: 'cgroup2' }, {}, { cause: 'no-cgroup2' }],
  [
    'controllers that belong to cgroup v1',
    { step: 'limits', code: '', subject: 'memory pids cpu' },
    {
      cgroup: {
        mount: '/sys/fs/cgroup/unified',
        own: '/',
        writable: true,
        available: ['hugetlb'],
        controllers: [],
      },
    },
    { cause: 'no-cgroup2' },
  ],
  [
    'no delegated cgroup',
    { step: 'limits', code: '', subject: 'memory pids cpu' },
    {},
    { cause: 'no-delegation', subject: 'memory pids cpu' },
  ],
  ['no library', { step: 'load_library', code: 'ENOENT' }, {}, { cause: 'no-library', subject: 'ENOENT' }],
  ['no descriptors', { step: 'clone', code: 'EMFILE' }, {}, { cause: 'too-many-files', subject: 'EMFILE' }],
  ['no processes', { step: 'clone', code: 'EAGAIN' }, {}, { cause: 'too-many-processes' }],
  [
    'no pseudoterminal',
    { step: 'open_pty', code: 'ENOSPC' },
    {},
    { cause: 'no-pseudoterminal', subject: 'ENOSPC' },
  ],
  ['no memory', { step: 'clone', code: 'ENOMEM' }, {}, { cause: 'no-memory' }],
  [
    'a terminal that hangs',
    { step: 'timeout', code: 'ETIMEDOUT', subject: '8 s' },
    {},
    { cause: 'timed-out', subject: '8 s' },
  ],
  ['a policy nobody knows', { step: 'clone', code: 'EPERM' }, {}, { cause: 'security-policy' }],
  ['what nobody knows', { step: 'stdio', code: 'EIO' }, {}, { cause: 'unknown' }],
];

/** Causes for which whoever administers the machine has something to type. */
const withRecipe: readonly CauseName[] = [
  'wsl1',
  'apparmor-userns',
  'container-apparmor',
  'container-seccomp',
  'masked-proc',
  'max-user-namespaces',
  'userns-clone-off',
  'no-subordinate-ids',
  'helper-missing',
  'helper-not-privileged',
  'no-tun',
  'no-delegation',
];

describe('the diagnosis of a refusal', () => {
  for (const [title, failure, facts, cause, kinds] of cases) {
    it(title, () => {
      const machine = { ...openMachine, ...facts };
      assert.deepEqual(causeOf(failure, machine, kinds), cause);
      const { why, remedy } = causeWords(cause, machine, t);
      assert.ok(why !== '' && remedy !== '');
      const recipes = recipesFor(cause, machine, t);
      assert.equal(recipes.length > 0, withRecipe.includes(cause.cause), 'recipes');
      assert.doesNotMatch([why, remedy, ...recipes.map(({ text }) => text)].join(' '), /\{\d\}|undefined/);
    });
  }
});
