import type { Profile } from './profile';

/**
 * The steps of the tour, each with one more piece of isolation, the one that Anton opens by default, and one with
 * all kinds of namespace that there are.
 */
export const builtInProfiles = {
  plain: { name: 'plain', namespaces: [], map: 'none', freshProc: false, icon: 'terminal' },
  user: {
    name: 'user',
    namespaces: ['user'],
    map: 'none',
    freshProc: false,
    icon: 'person',
    color: 'terminal.ansiYellow',
  },
  root: {
    name: 'root',
    namespaces: ['user'],
    map: 'root',
    freshProc: false,
    icon: 'shield',
    color: 'terminal.ansiRed',
  },
  pid: {
    name: 'pid',
    namespaces: ['user', 'pid'],
    map: 'root',
    freshProc: false,
    icon: 'list-ordered',
    color: 'terminal.ansiCyan',
  },
  anton: {
    name: 'anton',
    namespaces: ['user', 'pid', 'mnt', 'uts', 'ipc'],
    map: 'root',
    hostname: 'anton',
    freshProc: true,
    icon: 'package',
    color: 'terminal.ansiGreen',
  },
  all: {
    name: 'all',
    namespaces: ['user', 'pid', 'mnt', 'uts', 'ipc', 'net', 'cgroup', 'time'],
    map: 'root',
    hostname: 'anton',
    freshProc: true,
    network: 'none',
    icon: 'layers',
    color: 'terminal.ansiMagenta',
  },
} as const satisfies Readonly<Record<string, Profile>>;

export type ProfileName = keyof typeof builtInProfiles;

export const profileNames = Object.keys(builtInProfiles) as ProfileName[];

export const defaultProfile: ProfileName = 'anton';

export function isProfileName(name: string): name is ProfileName {
  return Object.hasOwn(builtInProfiles, name);
}
