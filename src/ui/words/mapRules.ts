import { largestId, mostRows, type IdMapProblem } from '../../kernel/idMap';
import { harmless } from '../../kernel/harmless';
import type { MapRule } from '../../runtime/mapRules';
import type { MapFile } from '../../runtime/runtime';
import type { Translate } from '../translate';

/** Which rule of user_namespaces(7) a write broke, in one or two sentences. */
export function describeRule(rule: MapRule, file: MapFile, t: Translate): string {
  const capability = file === 'uid_map' ? 'CAP_SETUID' : 'CAP_SETGID';
  switch (rule.rule) {
    case 'written-already':
      return t('A map is written once in the life of a user namespace, and this one has its {0}.', file);
    case 'first-namespace':
      return t('This is the host’s own user namespace. Its maps are there from the boot on.');
    case 'not-three-numbers':
      return t(
        'A line is three numbers: the first id inside, the first id outside, and how many. “{0}” is not.',
        harmless(rule.line),
      );
    case 'not-allow-or-deny':
      return t('setgroups takes the word allow or the word deny.');
    case 'malformed':
      return describeProblem(rule.problem, t);
    case 'one-id-only':
      return t(
        'Without {0} in the user namespace outside, you may map one id: a single line of length 1.',
        capability,
      );
    case 'own-id-only':
      return t(
        'Without {0} in the user namespace outside, you may map your own id only: {1}, not {2}.',
        capability,
        String(rule.own),
        String(rule.wanted),
      );
    case 'setgroups-first':
      return t(
        'Without {0} in the user namespace outside, gid_map is written only after deny is written to setgroups. Else a process could leave a group that keeps it from a file.',
        capability,
      );
    case 'setgroups-too-late':
      return t('deny is written to setgroups before gid_map is written, not after.');
    case 'denied-for-good':
      return t('Once setgroups says deny, it never says allow again.');
    case 'not-mapped-outside':
      return t(
        'The id {0} has no mapping itself in the user namespace outside, so nothing can stand for it.',
        String(rule.id),
      );
    case 'not-the-parent':
      return t(
        'Only a process of the parent user namespace, or of this one, that has CAP_SYS_ADMIN in it may write.',
      );
  }
}

function describeProblem(problem: IdMapProblem, t: Translate): string {
  switch (problem.problem) {
    case 'no-row':
      return t('A map has at least one line.');
    case 'too-many-rows':
      return t('A map has at most {0} lines, not {1}.', mostRows, problem.rows);
    case 'not-an-id':
      return t('Line {0}: ids go from 0 to {1}.', problem.row + 1, String(largestId));
    case 'no-length':
      return t('Line {0}: a line maps at least one id, so its length is not 0.', problem.row + 1);
    case 'beyond-largest':
      return t('Line {0} reaches beyond the largest id, {1}.', problem.row + 1, String(largestId));
    case 'overlap':
      return problem.side === 'inside'
        ? t('Two lines overlap inside, at id {0}: each id inside stands for one outside.', String(problem.id))
        : t('Two lines overlap outside, at id {0}: each id outside has one inside.', String(problem.id));
  }
}
