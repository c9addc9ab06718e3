import { mountAt } from '../kernel/mountInfo';
import type { CheckedKind, Condition, FileCondition, MountCondition, OtherCondition } from './check';
import type { Facts, Who } from './facts';
import { bounded, filled, mapIs, numberIs, same } from './comparisons';
import { fill, type Values } from './variables';
import { every, some, type Fact, type Finding, type Passed, type Plain } from './verdict';

export interface Context {
  readonly facts: Facts;
  readonly values: Values;
  /** Evaluates a condition about another process. */
  readonly holds: (who: number, condition: Condition, context: Context) => Passed;
}

type Looked = Pick<Finding, 'expected' | 'found' | 'passed'>;

/** The facts that a condition names itself, each compared with what it has to be. */
export function lookAt(who: Who, condition: Condition, context: Context): readonly Finding[] {
  const { facts, values } = context;
  const findings: Finding[] = [];
  const whose = who === 'host' ? ({ ofHost: true } as const) : {};
  const add = <T>(fact: Fact, expected: T | undefined, look: (expected: T) => Looked): void => {
    if (expected !== undefined) findings.push({ fact, ...look(expected), negated: false, ...whose });
  };
  for (const [kind, expected] of Object.entries(condition.ns ?? {}) as [CheckedKind, 'own' | 'shared'][])
    add(`ns.${kind}`, expected, (state) => namespaceIs(who, kind, state, facts));
  add('uidMap', condition.uidMap, (map) => mapIs(facts.idMap(who, 'uid_map'), map, values));
  add('gidMap', condition.gidMap, (map) => mapIs(facts.idMap(who, 'gid_map'), map, values));
  add('setgroups', condition.setgroups, (state) => same(facts.setgroups(who), state));
  add('nspid.depth', condition.nspid?.depth, (depth) =>
    numberIs(facts.status(who)?.pidChain.length, depth, values),
  );
  add('nspid.inside', condition.nspid?.inside, (pid) =>
    numberIs(facts.status(who)?.pidChain.at(-1), pid, values),
  );
  add('capabilities', condition.capabilities, (state) => capabilitiesAre(who, state, facts));
  add('uid', condition.uid, (uid) => numberIs(facts.status(who)?.uid, uid, values));
  add('name', condition.name, (name) => same(facts.status(who)?.name, fill(name, values)));
  add('depth', condition.depth, (bounds) => bounded(depthOf(who, facts), bounds, values));
  add('mount', condition.mount, (mount) => mountIs(who, mount, context));
  add('file', condition.file, (file) => fileIs(who, file, context));
  add('hostname', condition.hostname, (name) => same(facts.hostname(who), fill(name, values)));
  add('devices', condition.devices, (names) => devicesAre(facts.devices(who), names));
  add('addresses', condition.addresses, (some) => includesAll(facts.addresses(who), some));
  for (const clock of ['monotonic', 'boottime'] as const)
    add(`clock.${clock}`, condition.clock?.[clock], (offset) =>
      numberIs(facts.clockOffsets(who)?.[clock], offset, values),
    );
  add('inside', condition.inside, (bounds) => bounded(countInside(who, facts), bounds, values));
  add('other', condition.other, (other) => hasOther(who, other, context));
  return findings;
}

function namespaceIs(who: Who, kind: CheckedKind, state: 'own' | 'shared', facts: Facts): Looked {
  const id = namespaceOf(who, kind, facts);
  const host = namespaceOf('host', kind, facts);
  return same(id === undefined || host === undefined ? undefined : id === host ? 'shared' : 'own', state);
}

function namespaceOf(who: Who, kind: CheckedKind, facts: Facts): number | string | undefined {
  if (kind === 'pid_for_children') return facts.forChildren(who, 'pid');
  if (kind === 'time_for_children') return facts.forChildren(who, 'time');
  return facts.namespaces(who)[kind];
}

function capabilitiesAre(who: Who, state: 'none' | 'full', facts: Facts): Looked {
  const mask = facts.status(who)?.capabilities;
  const full = facts.everyCapability();
  if (mask === undefined || full === undefined) return { expected: state, found: null, passed: null };
  const found = mask === 0n ? 'none' : (mask & full) === full ? 'full' : 'some';
  return { expected: state, found, passed: found === state };
}

/** How many of the lesson's processes are above this one. */
function depthOf(who: Who, facts: Facts): number | undefined {
  return who === 'host' ? undefined : ancestorsOf(who, facts).length;
}

function ancestorsOf(pid: number, facts: Facts): readonly number[] {
  const all = new Set(facts.processes());
  const above: number[] = [];
  for (let next = parentOf(pid); all.has(next) && !above.includes(next); next = parentOf(next))
    above.push(next);
  return above;

  function parentOf(child: number): number {
    return facts.status(child)?.parent ?? 0;
  }
}

function mountIs(who: Who, condition: MountCondition, { facts, values }: Context): Looked {
  const path = fill(condition.path, values);
  const expected = filled(condition, values);
  const mounts = facts.mounts(who);
  const hostMounts = facts.mounts('host');
  if (!mounts || !hostMounts) return { expected, found: null, passed: null };
  const here = mountAt(mounts, path);
  const there = mountAt(hostMounts, path);
  const own = here?.device !== there?.device || here?.root !== there?.root;
  const found: Plain = here ? { exists: true, type: here.type, own } : { exists: false, own };
  const passed = every([
    (here !== undefined) === (condition.exists ?? true),
    condition.type === undefined || here?.type === condition.type,
    condition.own === undefined || own === condition.own,
  ]);
  return { expected, found, passed };
}

function fileIs(who: Who, condition: FileCondition, { facts, values }: Context): Looked {
  const expected = filled(condition, values);
  const file = facts.file(who, fill(condition.path, values));
  if (file === undefined) return { expected, found: null, passed: null };
  if (file === 'absent') return { expected, found: { exists: false }, passed: condition.exists === false };
  const { uid, gid, size } = file;
  const content = file.content?.trim();
  const passed = every([
    condition.exists !== false,
    condition.uid === undefined || numberIs(uid, condition.uid, values).passed,
    condition.gid === undefined || numberIs(gid, condition.gid, values).passed,
    condition.empty === undefined || (size === 0) === condition.empty,
    condition.content === undefined || same(content, fill(condition.content, values)).passed,
  ]);
  const shown = condition.content === undefined ? {} : { content: content ?? null };
  return { expected, found: { exists: true, uid, gid, size, ...shown }, passed };
}

function devicesAre(found: readonly string[] | undefined, expected: readonly string[]): Looked {
  const sorted = (names: readonly string[]): string => [...names].sort().join(' ');
  return { expected, found: found ?? null, passed: found ? sorted(found) === sorted(expected) : null };
}

function includesAll(found: readonly string[] | undefined, expected: readonly string[]): Looked {
  return {
    expected,
    found: found ?? null,
    passed: found ? expected.every((each) => found.includes(each)) : null,
  };
}

function countInside(who: Who, facts: Facts): number | undefined {
  const { pid } = facts.namespaces(who);
  if (pid === undefined) return undefined;
  return facts.processes().filter((each) => facts.namespaces(each).pid === pid).length;
}

/** Found is how many there are; whether there is one may still be unknown. */
function hasOther(who: Who, condition: OtherCondition, context: Context): Looked {
  const expected = filled(condition, context.values);
  if (who === 'host') return { expected, found: null, passed: null };
  const all = context.facts.processes().filter((pid) => pid !== who && !related(pid, who, context.facts));
  const passed = all.map((pid) => isOther(pid, who, condition, context));
  return { expected, found: passed.filter((each) => each === true).length, passed: some(passed) };
}

function related(a: number, b: number, facts: Facts): boolean {
  return ancestorsOf(a, facts).includes(b) || ancestorsOf(b, facts).includes(a);
}

function isOther(pid: number, who: number, condition: OtherCondition, context: Context): Passed {
  const mine = context.facts.namespaces(who);
  const its = context.facts.namespaces(pid);
  const equal = (kind: keyof typeof mine): Passed =>
    mine[kind] === undefined || its[kind] === undefined ? null : mine[kind] === its[kind];
  const different = (kind: keyof typeof mine): Passed => {
    const equals = equal(kind);
    return equals === null ? null : !equals;
  };
  return every([
    ...(condition.same ?? []).map(equal),
    ...(condition.different ?? []).map(different),
    condition.is ? context.holds(pid, condition.is, context) : true,
  ]);
}
