import type { NamespaceKind } from '../kernel/kinds';
import type { Profile } from './profile';

/** What is tried, from what everything else needs up to what few profiles use. */
export const rungIds = [
  'terminal',
  'user',
  'map',
  'pid',
  'mnt',
  'proc',
  'uts',
  'ipc',
  'net',
  'cgroup',
  'time',
  'root',
  'overlay',
  'ranges',
  'network',
  'limits',
] as const;

export type RungId = (typeof rungIds)[number];

/** One attempt: a terminal with this profile, in which a few lines of sh prove that it is what it should be. */
export interface RungDefinition {
  readonly id: RungId;
  /** Rungs without which this one is not tried. */
  readonly needs: readonly RungId[];
  readonly profile: Profile;
  /** Exits with 0 if the rung works; $1, $2, ... are the namespaces of `profile` as they are on the host. */
  readonly proof: string;
}

/** sh: every namespace of the profile is another one than on the host. */
const differs =
  'for host; do test -n "$host" || exit 1; kind=${host%%:*}; test "$(readlink /proc/self/ns/$kind)" != "$host" || exit 1; done';

const mapped: Profile = { name: 'probe', namespaces: ['user'], map: 'root', freshProc: false };

function own(...kinds: NamespaceKind[]): Profile {
  return { ...mapped, namespaces: ['user', ...kinds] };
}

function kind(id: RungId & NamespaceKind, more: Partial<Profile> = {}): RungDefinition {
  return { id, needs: ['map'], profile: { ...own(id), ...more }, proof: differs };
}

export const rungs: readonly RungDefinition[] = [
  { id: 'terminal', needs: [], profile: { ...mapped, namespaces: [], map: 'none' }, proof: 'exit 0' },
  { id: 'user', needs: ['terminal'], profile: { ...mapped, map: 'none' }, proof: differs },
  { id: 'map', needs: ['user'], profile: mapped, proof: 'test "$(id -u):$(id -g)" = 0:0' },
  { id: 'pid', needs: ['map'], profile: own('pid'), proof: 'test $$ = 1' },
  kind('mnt'),
  {
    id: 'proc',
    needs: ['pid', 'mnt'],
    profile: { ...own('pid', 'mnt'), freshProc: true },
    proof: 'test "$(readlink /proc/1/ns/pid)" = "$(readlink /proc/self/ns/pid)"',
  },
  kind('uts', { hostname: 'anton' }),
  kind('ipc'),
  kind('net', { network: 'none' }),
  kind('cgroup'),
  kind('time'),
  {
    id: 'root',
    needs: ['mnt'],
    profile: { ...own('mnt'), root: { path: '/', access: 'read-only' } },
    proof: 'test -c /dev/ptmx',
  },
  {
    id: 'overlay',
    needs: ['root'],
    // Of a folder with mounts below it, as / mostly is, the kernel makes no overlay in a user namespace.
    profile: { ...own('mnt'), root: { path: '/usr', access: 'temporary' } },
    proof: 'mkdir /anton-probe && test -d /anton-probe',
  },
  {
    id: 'ranges',
    needs: ['map'],
    profile: { ...mapped, map: 'ranges' },
    proof: 'test "$(wc -l < /proc/self/uid_map)" -gt 1',
  },
  {
    id: 'network',
    needs: ['net', 'mnt'],
    profile: { ...own('net', 'mnt'), network: 'user' },
    proof: 'test "$(grep -c : /proc/net/dev)" -gt 1',
  },
  {
    id: 'limits',
    needs: ['terminal'],
    profile: {
      ...mapped,
      namespaces: [],
      map: 'none',
      limits: { memory: 256 * 1024 * 1024, processes: 64, cpu: 1 },
    },
    proof: 'exit 0',
  },
];
