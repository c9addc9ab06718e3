import { expandPath } from './expandPath';
import type { OwnProfile } from './ownProfile';
import type { Bind, Limits, Profile } from './profile';
import { profileDefinition, type ProfileDefinition, sizePattern } from './profileDefinition';
import type { ProfileFacts } from './profileFacts';
import { placeOf, problemsOf, type ProblemCause, type ProfileProblem } from './profileProblems';
import { checkProfile, isPresent, kindsNeededBy, type ProfilePart, type RuleViolation } from './profileRules';
import { builtInProfiles, isProfileName } from './profiles';

/** A profile with nothing of its own, which one without `extends` begins with. */
const nothing: Profile = { name: '', namespaces: [], map: 'none', freshProc: false };

/** Parts that describe a namespace; without it a profile does not inherit them. */
const inheritedWithKinds: readonly ProfilePart[] = [
  'hostname',
  'freshProc',
  'network',
  'timeOffsets',
  'init',
];

/**
 * The profiles of the setting anton.profiles, in its order. A broken one takes no other away, except those that extend
 * it. Throws nothing, whatever the value.
 */
export function readProfiles(value: unknown, facts: ProfileFacts): readonly OwnProfile[] {
  if (value === undefined || value === null) return [];
  if (typeof value !== 'object' || Array.isArray(value)) {
    const cause: ProblemCause = { problem: 'type', expected: 'object' };
    return [{ name: '', description: '', problems: [{ profile: '', place: '', cause }] }];
  }
  const reader = new Reader(new Map(Object.entries(value)), facts);
  return [...reader.names()].map((name) => reader.read(name));
}

/** The result of one definition: the profile as far as it goes, or what is wrong with its shape. */
type Shaped = { profile: Profile; definition: ProfileDefinition } | { problems: readonly ProfileProblem[] };

class Reader {
  private readonly known = new Map<string, Shaped>();

  constructor(
    private readonly entries: ReadonlyMap<string, unknown>,
    private readonly facts: ProfileFacts,
  ) {}

  names(): Iterable<string> {
    return this.entries.keys();
  }

  read(name: string): OwnProfile {
    const shaped = this.shape(name, []);
    if ('problems' in shaped)
      return { name, description: descriptionOf(this.entries.get(name)), problems: shaped.problems };
    const { profile, definition } = shaped;
    const description = definition.description ?? '';
    const problems = [
      ...sharedNetwork(profile, definition),
      ...checkProfile(profile, this.facts.privileged, this.facts.clocks),
    ].map((violation) => ({
      profile: name,
      place: violation.part,
      cause: { problem: 'rule', violation } as const,
    }));
    if (problems.length > 0) return { name, description, problems };
    return { name, description, parent: definition.extends ?? '', profile };
  }

  private shape(name: string, children: readonly string[]): Shaped {
    const known = this.known.get(name);
    if (known) return known;
    const shaped = this.shapeAnew(name, children);
    // What is wrong inside a cycle depends on where one comes from.
    if (children.length === 0 || !('problems' in shaped)) this.known.set(name, shaped);
    return shaped;
  }

  private shapeAnew(name: string, children: readonly string[]): Shaped {
    const refuse = (place: string, cause: ProblemCause): Shaped => ({
      problems: [{ profile: name, place, cause }],
    });
    if (!isName(name)) return refuse('', { problem: 'name' });
    if (isProfileName(name)) return refuse('', { problem: 'builtInName' });
    const parsed = profileDefinition.safeParse(this.entries.get(name), { reportInput: true });
    if (!parsed.success) return { problems: problemsOf(name, parsed.error.issues) };
    const definition = parsed.data;
    const parent = this.parentOf(definition, [...children, name]);
    if ('problem' in parent) return refuse('extends', parent);
    const problems: ProfileProblem[] = [];
    const expand = (place: readonly PropertyKey[], text: string): string => {
      const result = expandPath(text, this.facts);
      if ('path' in result) return result.path;
      problems.push({ profile: name, place: placeOf(place), cause: result.cause });
      return text;
    };
    const profile = merge(name, parent, definition, expand);
    return problems.length > 0 ? { problems } : { profile, definition };
  }

  /** @param trail the names on the way from the profile that is read to this one's child. */
  private parentOf({ extends: parent }: ProfileDefinition, trail: readonly string[]): Profile | ProblemCause {
    if (parent === undefined) return nothing;
    if (isProfileName(parent)) return builtInProfiles[parent];
    if (trail.includes(parent)) return { problem: 'cycle', names: [...trail, parent] };
    if (!this.entries.has(parent)) return { problem: 'unknownParent', parent };
    const shaped = this.shape(parent, trail);
    if (!('problems' in shaped)) return shaped.profile;
    const cause = shaped.problems[0]?.cause;
    return cause?.problem === 'cycle' ? cause : { problem: 'brokenParent', parent };
  }
}

type Expand = (place: readonly PropertyKey[], text: string) => string;

/**
 * A definition on top of its parent. What it names replaces the parent's; of `env`, `limits` and `timeOffsets`, which
 * hold values by name, each value by itself.
 */
function merge(name: string, parent: Profile, definition: ProfileDefinition, expand: Expand): Profile {
  const { namespaces = parent.namespaces } = definition;
  const { freshProc, hostname, args, init, noNewPrivileges, dropCapabilities, network } = definition;
  const { network: parentNetwork, ...inherited } = inheritable({ ...parent, namespaces });
  return {
    ...inherited,
    name,
    namespaces,
    map: definition.map ?? inheritedMap(parent, namespaces),
    freshProc: freshProc ?? inherited.freshProc,
    ...present('hostname', hostname),
    ...present('icon', definition.icon),
    ...present('color', definition.color),
    ...present('args', args),
    ...present('init', init),
    ...present('noNewPrivileges', noNewPrivileges),
    ...present('dropCapabilities', dropCapabilities),
    ...present('root', rootOf(definition, expand)),
    ...present('binds', bindsOf(definition, expand)),
    ...present('shell', definition.shell === undefined ? undefined : expand(['shell'], definition.shell)),
    ...present('cwd', definition.cwd === undefined ? undefined : expand(['cwd'], definition.cwd)),
    ...present(
      'env',
      definition.env && {
        add: { ...parent.env?.add, ...definition.env.add },
        drop: definition.env.drop ?? parent.env?.drop ?? [],
      },
    ),
    ...present('limits', definition.limits && { ...parent.limits, ...limitsOf(definition.limits) }),
    ...present(
      'timeOffsets',
      definition.timeOffsets && {
        monotonic: definition.timeOffsets.monotonic ?? parent.timeOffsets?.monotonic ?? 0,
        boottime: definition.timeOffsets.boottime ?? parent.timeOffsets?.boottime ?? 0,
      },
    ),
    ...present('network', network === 'shared' ? undefined : (network ?? parentNetwork)),
  };
}

/** A part under its name, or nothing: a part that is undefined is not the same as one that is missing. */
function present<Part extends ProfilePart>(part: Part, value: Profile[Part] | undefined): Partial<Profile> {
  return value === undefined ? {} : { [part]: value };
}

/** The parent's parts for these namespaces: what describes a namespace that is not made falls away. */
function inheritable(parent: Profile): Profile {
  const lost = inheritedWithKinds.filter(
    (part) =>
      isPresent(parent, part) && kindsNeededBy(part).some((kind) => !parent.namespaces.includes(kind)),
  );
  const kept = Object.entries(parent).filter(([part]) => !lost.includes(part as ProfilePart));
  return { freshProc: false, ...Object.fromEntries(kept) } as Profile;
}

/** A user namespace without a word about its map has the one that most people want. */
function inheritedMap(parent: Profile, namespaces: Profile['namespaces']): Profile['map'] {
  if (!namespaces.includes('user')) return 'none';
  return parent.namespaces.includes('user') ? parent.map : 'root';
}

function rootOf({ root }: ProfileDefinition, expand: Expand): Profile['root'] {
  if (root === undefined) return undefined;
  if (typeof root === 'string') return { path: expand(['root'], root), access: 'read-only' };
  return { path: expand(['root', 'path'], root.path), access: root.access ?? 'read-only' };
}

function bindsOf({ binds }: ProfileDefinition, expand: Expand): readonly Bind[] | undefined {
  return binds?.map(({ source, target, writable = false }, i) => {
    const from = expand(['binds', i, 'source'], source);
    return {
      source: from,
      target: target === undefined ? from : expand(['binds', i, 'target'], target),
      writable,
    };
  });
}

function limitsOf({ memory, processes, cpu }: NonNullable<ProfileDefinition['limits']>): Limits {
  return {
    ...(memory === undefined ? {} : { memory: typeof memory === 'number' ? memory : bytesOf(memory) }),
    ...(processes === undefined ? {} : { processes }),
    ...(cpu === undefined ? {} : { cpu }),
  };
}

/** '512M' -> 536870912 */
function bytesOf(size: string): number {
  const [, digits = '0', unit = ''] = sizePattern.exec(size) ?? [];
  return Number(digits) * 1024 ** (unit === '' ? 0 : 'KMGT'.indexOf(unit) + 1);
}

/** 'shared' is the absence of the part, so it cannot be found in the profile any more. */
function sharedNetwork(profile: Profile, { network }: ProfileDefinition): readonly RuleViolation[] {
  const contradicts = network === 'shared' && profile.namespaces.includes('net');
  return contradicts ? [{ rule: 'sharedNetworkExcludesNet', part: 'network' }] : [];
}

/** Shown in lists, and typed in keybindings. */
function isName(name: string): boolean {
  return /^[^\p{C}\s](?:[^\p{C}]{0,62}[^\p{C}\s])?$/u.test(name);
}

function descriptionOf(definition: unknown): string {
  if (typeof definition !== 'object' || definition === null || !('description' in definition)) return '';
  return typeof definition.description === 'string' ? definition.description : '';
}
