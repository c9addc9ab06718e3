import type { Profile } from './profile';

/**
 * The steps of the article, each with one more piece of isolation, the one that Anton opens by default, and one with
 * all kinds of namespace that there are.
 */
export const builtInProfiles = {
  plain: { name: 'plain', namespaces: [], map: 'none', freshProc: false },
  user: { name: 'user', namespaces: ['user'], map: 'none', freshProc: false },
  root: { name: 'root', namespaces: ['user'], map: 'root', freshProc: false },
  pid: { name: 'pid', namespaces: ['user', 'pid'], map: 'root', freshProc: false },
  anton: {
    name: 'anton',
    namespaces: ['user', 'pid', 'mnt', 'uts', 'ipc'],
    map: 'root',
    hostname: 'anton',
    freshProc: true,
  },
  all: {
    name: 'all',
    namespaces: ['user', 'pid', 'mnt', 'uts', 'ipc', 'net', 'cgroup', 'time'],
    map: 'root',
    hostname: 'anton',
    freshProc: true,
    network: 'none',
  },
} as const satisfies Readonly<Record<string, Profile>>;

export type ProfileName = keyof typeof builtInProfiles;

export const profileNames = Object.keys(builtInProfiles) as ProfileName[];

export const defaultProfile: ProfileName = 'anton';

export function isProfileName(name: string): name is ProfileName {
  return Object.hasOwn(builtInProfiles, name);
}
