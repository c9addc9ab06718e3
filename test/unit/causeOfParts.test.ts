import { testCauses, type Case } from './causeCases';
import { nestedMap } from './machineFacts';

const cases: readonly Case[] = [
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
    'newuidmap refuses for a reason of its own',
    { step: 'newuidmap', code: 'EPERM', subject: 'told' },
    {},
    { cause: 'helper-failed', subject: 'told' },
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
  [
    'a program for a network that says nothing',
    { step: 'user_network', code: 'ETIMEDOUT', subject: '' },
    {},
    { cause: 'helper-silent' },
  ],
  ['too many cgroups', { step: 'limits', code: 'EAGAIN' }, {}, { cause: 'cgroup-full' }],
];

/** What a profile needs beside the kernel: ids, programs, cgroups. */
describe('the cause of a refused part', () => {
  testCauses(cases);
});
