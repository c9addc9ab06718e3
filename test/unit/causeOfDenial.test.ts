import { testCauses, type Case } from './causeCases';
import { nestedMap } from './machineFacts';

const ubuntu = { apparmorRestrictsUserns: 1 };

const cases: readonly Case[] = [
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
    'a /proc that is read-only: the maps cannot be written',
    { step: 'write_setgroups', code: 'EROFS', subject: 'deny' },
    { maskedProc: ['/proc'] },
    { cause: 'read-only-proc' },
  ],
  [
    'an own uid that is not mapped',
    { step: 'clone', code: 'EPERM' },
    { person: { uid: 65534, gid: 0, name: 'nobody' }, uidMap: [] },
    { cause: 'unmapped-person' },
  ],
  [
    'an own gid that is not mapped',
    { step: 'clone', code: 'EPERM' },
    { person: { uid: 0, gid: 65534, name: 'root' }, uidMap: nestedMap, gidMap: [] },
    { cause: 'unmapped-person' },
  ],
  [
    'root without CAP_SETFCAP',
    { step: 'write_uid_map', code: 'EPERM' },
    { person: { uid: 0, gid: 0, name: 'root' } },
    { cause: 'no-capability', subject: 'CAP_SETFCAP' },
  ],
  [
    'root without CAP_SETFCAP, before the kernel asked for it',
    { step: 'write_uid_map', code: 'EPERM' },
    { person: { uid: 0, gid: 0, name: 'root' }, kernel: '5.10.0' },
    { cause: 'security-policy' },
  ],
  [
    'capabilities of the host, which an ordinary user cannot give up',
    { step: 'drop_capabilities', code: 'EPERM' },
    {},
    { cause: 'no-capability', subject: 'CAP_SETPCAP' },
  ],
  [
    'a filter that forbids mounts',
    { step: 'private_mounts', code: 'EPERM' },
    { seccomp: 2 },
    { cause: 'container-seccomp' },
  ],
  [
    'AppArmor’s answer, although there is a filter too',
    { step: 'private_mounts', code: 'EACCES' },
    { seccomp: 2, apparmorProfile: 'docker-default (enforce)' },
    { cause: 'container-apparmor', subject: 'docker-default (enforce)' },
  ],
  [
    'a filter’s answer, although there is AppArmor too',
    { step: 'pivot_root', code: 'EPERM' },
    { seccomp: 2, apparmorProfile: 'docker-default (enforce)' },
    { cause: 'container-seccomp' },
  ],
  [
    'Debian’s switch',
    { step: 'clone', code: 'EPERM' },
    { unprivilegedUsernsClone: 0 },
    { cause: 'userns-clone-off' },
  ],
  ['a chroot', { step: 'clone', code: 'EPERM' }, { chroot: true }, { cause: 'chroot' }],
  [
    'root in a container',
    { step: 'write_uid_map', code: 'EPERM' },
    { uidMap: nestedMap },
    { cause: 'nested-ids' },
  ],
  ['a policy nobody knows', { step: 'clone', code: 'EPERM' }, {}, { cause: 'security-policy' }],
];

/** EPERM, EACCES and EROFS say only "no". */
describe('the cause of a denial', () => {
  testCauses(cases);
});
