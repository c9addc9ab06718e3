import type { Check, Condition } from './check';
import { lookAt, type Context } from './conditions';
import type { Facts } from './facts';
import type { Values } from './variables';
import { every, opposite, some, type Finding, type Verdict } from './verdict';

/** Whether a check holds at the moment that the facts are about. Reads only what the check asks for. */
export function evaluate(check: Check, facts: Facts, values: Values): Verdict {
  return evaluateCheck(check, { facts, values, holds: holdsOf });
}

function evaluateCheck(check: Check, context: Context): Verdict {
  const parts: Verdict[] = [];
  if (check.all) parts.push(join(check.all.map((each) => evaluateCheck(each, context))));
  if (check.any) parts.push(nearest(check.any.map((each) => evaluateCheck(each, context))));
  if (check.not) parts.push(negate(noProcess(evaluateCheck(check.not, context))));
  if (check.process) parts.push(someProcess(check.process, context));
  if (check.host) parts.push(conditionOf('host', check.host, context));
  return join(parts);
}

/** Any process may be the one, so the nearest tells best what is missing; of equals the innermost, which is last. */
function someProcess(condition: Condition, context: Context): Verdict {
  const verdicts = context.facts
    .processes()
    .map((pid) => ({ ...conditionOf(pid, condition, context), process: pid }));
  return verdicts.length === 0 ? { passed: false, findings: [] } : nearest(verdicts);
}

function conditionOf(who: number | 'host', condition: Condition, context: Context): Verdict {
  const parts: Verdict[] = [];
  if (condition.all) parts.push(join(condition.all.map((each) => conditionOf(who, each, context))));
  if (condition.any) parts.push(nearest(condition.any.map((each) => conditionOf(who, each, context))));
  if (condition.not) parts.push(negate(conditionOf(who, condition.not, context)));
  const findings = lookAt(who, condition, context);
  parts.push({ passed: every(findings.map(({ passed }) => passed)), findings });
  return join(parts);
}

function holdsOf(who: number, condition: Condition, context: Context): Verdict['passed'] {
  return conditionOf(who, condition, context).passed;
}

function join(parts: readonly Verdict[]): Verdict {
  const found = parts.find(({ process }) => process !== undefined)?.process;
  return {
    passed: every(parts.map(({ passed }) => passed)),
    findings: parts.flatMap(({ findings }) => findings),
    ...(found === undefined ? {} : { process: found }),
  };
}

/** Of alternatives the one that holds, else the one of whose facts the fewest are wrong; of equals the last. */
function nearest(alternatives: readonly Verdict[]): Verdict {
  const passed = some(alternatives.map((each) => each.passed));
  const distance = (each: Verdict): number =>
    each.passed === passed && passed !== false ? -1 : each.findings.filter(isWrong).length;
  const best = alternatives.reduce((a, b) => (distance(b) <= distance(a) ? b : a));
  return { ...best, passed };
}

function isWrong({ passed }: Finding): boolean {
  return passed !== true;
}

function noProcess(verdict: Verdict): Verdict {
  const mark = (finding: Finding): Finding => (finding.ofHost ? finding : { ...finding, ofNone: true });
  return { ...verdict, findings: verdict.findings.map(mark) };
}

function negate(verdict: Verdict): Verdict {
  return {
    ...verdict,
    passed: opposite(verdict.passed),
    findings: verdict.findings.map((each) => ({
      ...each,
      passed: opposite(each.passed),
      negated: !each.negated,
    })),
  };
}
