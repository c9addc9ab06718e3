import * as assert from 'node:assert/strict';
import type { FailureData } from '../../src/kernel/failure';
import type { NamespaceKind } from '../../src/kernel/kinds';
import { causeOf } from '../../src/runtime/causeOf';
import type { Cause, CauseName } from '../../src/runtime/causes';
import type { Machine } from '../../src/runtime/machine';
import { causeWords } from '../../src/ui/words/causes';
import { recipesFor } from '../../src/ui/words/remedies';
import { t } from './facts';
import { openMachine } from './machineFacts';

/** A refusal, what the machine is like, and what must be found to be the cause. */
export type Case = readonly [
  title: string,
  failure: FailureData,
  machine: Partial<Machine>,
  cause: Cause,
  kinds?: readonly NamespaceKind[],
];

/** Causes for which whoever administers the machine has something to type. */
const withRecipe: readonly CauseName[] = [
  'wsl1',
  'apparmor-userns',
  'container-apparmor',
  'container-seccomp',
  'masked-proc',
  'max-user-namespaces',
  'userns-clone-off',
  'no-subordinate-ids',
  'helper-missing',
  'helper-not-privileged',
  'no-tun',
  'no-delegation',
];

/** One test for each: the cause, and words and recipes that fit it. */
export function testCauses(cases: readonly Case[]): void {
  for (const [title, failure, facts, cause, kinds] of cases) {
    it(title, () => {
      const machine = { ...openMachine, ...facts };
      assert.deepEqual(causeOf(failure, machine, kinds), cause);
      const { why, remedy } = causeWords(cause, machine, t);
      assert.ok(why !== '' && remedy !== '');
      const recipes = recipesFor(cause, machine, t);
      assert.equal(recipes.length > 0, withRecipe.includes(cause.cause), 'recipes');
      assert.doesNotMatch([why, remedy, ...recipes.map(({ text }) => text)].join(' '), /\{\d\}|undefined/);
    });
  }
}
