import type { NamespaceKind } from '../kernel/kinds';
import { causeOf } from './causeOf';
import type { Cause } from './causes';
import type { Rung } from './checkMachine';
import type { Machine } from './machine';
import { rungs as rungDefinitions, type RungId } from './rungs';

/** One cause and all the rungs that it keeps from working. */
export interface Finding extends Cause {
  readonly rungs: readonly RungId[];
  /** Rungs that were not tried because those failed. */
  readonly alsoLost: readonly RungId[];
}

/** Groups what does not work by its cause, in the order of the rungs. */
export function diagnose(rungs: readonly Rung[], machine: Machine): readonly Finding[] {
  const findings: { cause: Cause; rungs: RungId[] }[] = [];
  for (const { id, failure } of rungs) {
    if (!failure) continue;
    const cause = causeOf(failure, machine, kindsOf(id));
    const same = findings.find((each) => JSON.stringify(each.cause) === JSON.stringify(cause));
    if (same) same.rungs.push(id);
    else findings.push({ cause, rungs: [id] });
  }
  return findings.map(({ cause, rungs: failed }) => ({
    ...cause,
    rungs: failed,
    alsoLost: lostWith(failed, rungs),
  }));
}

function kindsOf(id: RungId): readonly NamespaceKind[] {
  return rungDefinitions.find((rung) => rung.id === id)?.profile.namespaces ?? [];
}

/** What was not tried because of these, or because of what was not tried because of them. */
function lostWith(failed: readonly RungId[], rungs: readonly Rung[]): RungId[] {
  const lost = new Set<RungId>(failed);
  const untried = rungs.filter(({ outcome }) => outcome === 'not tried');
  for (const { id, needs } of untried) if (needs.some((need) => lost.has(need))) lost.add(id);
  return untried.map(({ id }) => id).filter((id) => lost.has(id));
}
