import { formatIdMap, type IdMap } from '../kernel/idMap';
import { namespaceKinds, type NamespaceKind } from '../kernel/kinds';
import { capabilities, everyCapability } from '../kernel/capabilities';
import type { Profile } from './profile';

/** Why a combination in a profile makes no sense, or is one that the kernel would refuse. Plain data. */
export type RuleViolation =
  /** A part that means something only in namespaces of the terminal's own. */
  | {
      readonly rule: 'partNeedsNamespaces';
      readonly part: ProfilePart;
      readonly missing: readonly NamespaceKind[];
    }
  /** Only a privileged process makes namespaces without a user namespace that owns them (namespaces(7)). */
  | {
      readonly rule: 'namespacesNeedUser';
      readonly part: 'namespaces';
      readonly kinds: readonly NamespaceKind[];
    }
  | { readonly rule: 'kindTwice'; readonly part: 'namespaces'; readonly kind: NamespaceKind }
  | { readonly rule: 'sharedNetworkExcludesNet'; readonly part: 'network' }
  /** pasta and slirp4netns enter the user namespace as its root, which an unmapped one does not have. */
  | { readonly rule: 'userNetworkNeedsMap'; readonly part: 'network' }
  | { readonly rule: 'hostnameLength'; readonly part: 'hostname'; readonly bytes: number }
  | { readonly rule: 'idMapRefused'; readonly part: MapPart; readonly why: string }
  /** A process without an id of its own may write to no file, so also not to the memory of an overlay. */
  | { readonly rule: 'rootNeedsMap'; readonly part: 'root' }
  /** Binds come last, so these would hide what was made before them. */
  | { readonly rule: 'bindCovers'; readonly part: string; readonly target: string }
  | { readonly rule: 'bindTwice'; readonly part: string; readonly target: string }
  | { readonly rule: 'clockNegative'; readonly part: string; readonly least: number }
  /** What a program needs to start is more. */
  | { readonly rule: 'memoryTooSmall'; readonly part: string; readonly bytes: number; readonly least: number }
  | { readonly rule: 'unknownCapability'; readonly part: string; readonly name: string };

export type MapPart = 'map.uid' | 'map.gid';

export type ProfilePart = keyof Profile;

/** Bytes without which hardly a program starts. */
const leastMemory = 4 * 1024 * 1024;

/** sethostname(2): __NEW_UTS_LEN, without the terminating NUL. */
const longestHostname = 64;

/** What each part is about. A user namespace comes in by the rule for all kinds. */
const needs: Partial<Record<ProfilePart, readonly NamespaceKind[]>> = {
  map: ['user'],
  hostname: ['uts'],
  freshProc: ['pid', 'mnt'],
  root: ['mnt'],
  binds: ['mnt'],
  network: ['net'],
  timeOffsets: ['time'],
  init: ['pid'],
};

/** What the kernel's clocks show, in seconds since they began. */
export interface Clocks {
  readonly monotonic: number;
  readonly boottime: number;
}

/**
 * What in a profile contradicts itself.
 * @param privileged whether this process has CAP_SYS_ADMIN, and so needs no user namespace for the other kinds.
 * @param clocks of this machine; without them offsets are not compared with them.
 */
export function checkProfile(
  profile: Profile,
  privileged: boolean,
  clocks?: Clocks,
): readonly RuleViolation[] {
  return [
    ...checkKinds(profile, privileged),
    ...checkNeeds(profile),
    ...checkHostname(profile),
    ...checkMap(profile),
    ...checkRoot(profile),
    ...checkBinds(profile),
    ...checkNetwork(profile),
    ...checkOffsets(profile, clocks),
    ...checkCapabilities(profile),
    ...checkLimits(profile),
  ];
}

/** The kinds that a part needs, if the profile names that part. */
export function kindsNeededBy(part: ProfilePart): readonly NamespaceKind[] {
  return needs[part] ?? [];
}

/** Whether a part is more than what every profile has anyway. */
export function isPresent(profile: Profile, part: ProfilePart): boolean {
  const value = profile[part];
  if (part === 'map') return value !== 'none';
  if (Array.isArray(value)) return value.length > 0;
  return value !== undefined && value !== false;
}

function checkKinds({ namespaces }: Profile, privileged: boolean): RuleViolation[] {
  const twice = namespaceKinds.filter((kind) => namespaces.filter((each) => each === kind).length > 1);
  const others = namespaces.filter((kind) => kind !== 'user');
  const lacksUser = !privileged && others.length > 0 && !namespaces.includes('user');
  return [
    ...twice.map((kind) => ({ rule: 'kindTwice', part: 'namespaces', kind }) as const),
    ...(lacksUser ? [{ rule: 'namespacesNeedUser', part: 'namespaces', kinds: others } as const] : []),
  ];
}

function checkNeeds(profile: Profile): RuleViolation[] {
  return (Object.keys(needs) as ProfilePart[])
    .filter((part) => isPresent(profile, part))
    .map((part) => ({
      rule: 'partNeedsNamespaces' as const,
      part,
      missing: kindsNeededBy(part).filter((kind) => !profile.namespaces.includes(kind)),
    }))
    .filter(({ missing }) => missing.length > 0);
}

function checkHostname({ hostname }: Profile): RuleViolation[] {
  const bytes = Buffer.byteLength(hostname ?? '');
  return bytes > longestHostname ? [{ rule: 'hostnameLength', part: 'hostname', bytes }] : [];
}

/** What formatIdMap() refuses, the kernel would refuse with EINVAL. */
function checkMap({ map }: Profile): RuleViolation[] {
  if (typeof map === 'string') return [];
  const refusal = (part: MapPart, rows: IdMap): RuleViolation[] => {
    try {
      formatIdMap(rows);
      return [];
    } catch (error) {
      return [{ rule: 'idMapRefused', part, why: (error as Error).message }];
    }
  };
  return [...refusal('map.uid', map.uid), ...refusal('map.gid', map.gid)];
}

function checkRoot({ namespaces, map, root }: Profile): RuleViolation[] {
  const isNobody = namespaces.includes('user') && map === 'none';
  return root && isNobody ? [{ rule: 'rootNeedsMap', part: 'root' }] : [];
}

function checkBinds({ binds = [], freshProc, root }: Profile): RuleViolation[] {
  const targets = binds.map(({ target }) => withoutSlashes(target));
  const made = [
    '/',
    ...(freshProc || root ? ['/proc'] : []),
    ...(root ? ['/dev', '/dev/pts', '/dev/anton'] : []),
  ];
  return targets.flatMap((target, i): RuleViolation[] => {
    const part = `binds[${i}].target`;
    if (made.includes(target)) return [{ rule: 'bindCovers', part, target }];
    return targets.indexOf(target) < i ? [{ rule: 'bindTwice', part, target }] : [];
  });
}

function checkNetwork({ namespaces, map, network }: Profile): RuleViolation[] {
  const isNobody = namespaces.includes('user') && map === 'none';
  return network === 'user' && isNobody ? [{ rule: 'userNetworkNeedsMap', part: 'network' }] : [];
}

/** time_namespaces(7): ERANGE for an offset that would make the clock negative. */
function checkOffsets({ timeOffsets }: Profile, clocks: Clocks | undefined): RuleViolation[] {
  if (!timeOffsets || !clocks) return [];
  return (['monotonic', 'boottime'] as const)
    .filter((clock) => clocks[clock] + timeOffsets[clock] < 0)
    .map((clock) => ({
      rule: 'clockNegative',
      part: `timeOffsets.${clock}`,
      least: -Math.floor(clocks[clock]),
    }));
}

function checkLimits({ limits }: Profile): readonly RuleViolation[] {
  const bytes = limits?.memory;
  if (bytes === undefined || bytes >= leastMemory) return [];
  return [{ rule: 'memoryTooSmall', part: 'limits.memory', bytes, least: leastMemory }];
}

function checkCapabilities({ dropCapabilities = [] }: Profile): RuleViolation[] {
  const known = new Set<string>([...capabilities, everyCapability]);
  return dropCapabilities.flatMap((name, i): RuleViolation[] =>
    known.has(name) ? [] : [{ rule: 'unknownCapability', part: `dropCapabilities[${i}]`, name }],
  );
}

/** '/a//b/' -> '/a/b' */
function withoutSlashes(target: string): string {
  return target.replace(/\/+/g, '/').replace(/(.)\/$/, '$1');
}
