import { testCauses, type Case } from './causeCases';

const cases: readonly Case[] = [
  [
    'another system',
    { step: 'platform', code: '', subject: 'darwin' },
    {},
    { cause: 'not-linux', subject: 'darwin' },
  ],
  ['WSL 1', { step: 'clone', code: 'EINVAL' }, { wsl: 1 }, { cause: 'wsl1' }],
  [
    'a filter that answers ENOSYS',
    { step: 'clone', code: 'ENOSYS' },
    { seccomp: 2 },
    { cause: 'container-seccomp' },
  ],
  [
    'a filter that knows no mount_setattr',
    { step: 'read_only', code: 'ENOSYS' },
    { seccomp: 2 },
    { cause: 'container-seccomp' },
  ],
  [
    'no mount_setattr before Linux 5.12',
    { step: 'read_only', code: 'ENOSYS' },
    { kernel: '5.10.0-8-amd64' },
    { cause: 'old-kernel', subject: 'mount_setattr', since: '5.12' },
  ],
  [
    'no cgroup namespaces before Linux 4.6, by the step alone',
    { step: 'unshare_cgroup', code: 'EINVAL' },
    { kernel: '4.4.0', kinds: ['user'] },
    { cause: 'old-kernel', subject: 'cgroup', since: '4.6' },
  ],
  [
    'max_time_namespaces is 0, by the step alone',
    { step: 'unshare_time', code: 'ENOSPC' },
    { maxNamespaces: { time: 0 } },
    { cause: 'max-user-namespaces', subject: 'user.max_time_namespaces' },
  ],
  [
    'max_net_namespaces is 0, whatever was asked for',
    { step: 'clone', code: 'ENOSPC' },
    { maxNamespaces: { user: 9, net: 0 } },
    { cause: 'max-user-namespaces', subject: 'user.max_net_namespaces' },
  ],
  [
    'the first root directory of all',
    { step: 'pivot_root', code: 'EINVAL', subject: '.' },
    {},
    { cause: 'initramfs' },
  ],
  [
    'a chroot has no mount point for its root',
    { step: 'private_mounts', code: 'EINVAL', subject: '/' },
    { chroot: true },
    { cause: 'chroot' },
  ],
  ['too many mounts', { step: 'bind_root', code: 'ENOSPC' }, {}, { cause: 'too-many-mounts' }],
  ['a full disk', { step: 'make_mount_point', code: 'ENOSPC' }, {}, { cause: 'disk-full' }],
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
    'a library on a file system without programs',
    { step: 'load_library', code: '', subject: 'failed to map segment from shared object' },
    {},
    { cause: 'noexec', subject: 'failed to map segment from shared object' },
  ],
  [
    'a C library that is too old',
    { step: 'load_library', code: '', subject: "/lib/libc.so.6: version `GLIBC_2.28' not found" },
    {},
    { cause: 'old-libc', subject: "/lib/libc.so.6: version `GLIBC_2.28' not found" },
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
  ['what nobody knows', { step: 'stdio', code: 'EIO' }, {}, { cause: 'unknown' }],
];

/** What the kernel lacks, limits, or does not take. */
describe('the cause of a refusal', () => {
  testCauses(cases);
});
