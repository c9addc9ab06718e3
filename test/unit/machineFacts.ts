import { namespaceKinds } from '../../src/kernel/kinds';
import type { Machine } from '../../src/runtime/machine';

const none = { ranges: [], unreadable: [] };

/** A machine on which everything works, for an ordinary user. */
export const openMachine: Machine = {
  platform: 'linux',
  kernel: '6.8.0-45-generic',
  wsl: undefined,
  container: undefined,
  person: { uid: 1000, gid: 1000, name: 'ana' },
  executable: '/usr/lib/code-server/lib/node',
  capabilities: [],
  privileged: false,
  kinds: namespaceKinds,
  maxNamespaces: Object.fromEntries(namespaceKinds.map((kind) => [kind, 63000])),
  unprivilegedUsernsClone: undefined,
  apparmorRestrictsUserns: undefined,
  apparmorProfile: 'unconfined',
  seccomp: 0,
  noNewPrivileges: false,
  uidMap: [{ inside: 0, outside: 0, length: 4294967295 }],
  gidMap: [{ inside: 0, outside: 0, length: 4294967295 }],
  maskedProc: [],
  chroot: false,
  subordinateUids: none,
  subordinateGids: none,
  helpers: [
    { name: 'newuidmap', path: '/usr/bin/newuidmap', setuid: true },
    { name: 'newgidmap', path: '/usr/bin/newgidmap', setuid: true },
  ],
  tun: true,
  cgroup: {
    mount: '/sys/fs/cgroup',
    own: '/user.slice',
    writable: false,
    available: ['cpu', 'memory', 'pids'],
    controllers: ['memory', 'pids'],
  },
};

/** A machine that runs in a user namespace with one id. */
export const nestedMap = [{ inside: 0, outside: 1000, length: 1 }];
