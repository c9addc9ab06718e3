import * as assert from 'node:assert/strict';
import * as os from 'node:os';
import type { Profile } from '../../src/runtime/profile';
import type { ProfileName } from '../../src/runtime/profiles';
import { Helper } from './helper';
import type { Attempt, More } from './refused.helper';

export const { errno } = os.constants;

/** Runs a program after a line of shell, in namespaces of its own in which that line may change the system. */
export function after(line: string, ...flags: string[]): string[] {
  return ['unshare', '-Ur', ...flags, 'sh', '-c', `${line} && exec "$@"`, 'sh'];
}

/** What becomes of a terminal that a process opens after a preparation; see refused.helper.ts. */
export async function attemptIn(
  prefix: readonly string[],
  what: string,
  number: number,
  profile: ProfileName | Partial<Profile>,
  more: More = {},
): Promise<Attempt> {
  const named = typeof profile === 'string' ? profile : JSON.stringify(profile);
  const helper = new Helper('refused', [what, String(number), named, JSON.stringify(more)], prefix);
  const attempt = await helper.next<Attempt>();
  await helper.end();
  return attempt;
}

/** The refusal and its words, with nothing half-made left behind. */
export async function refused(
  ...args: Parameters<typeof attemptIn>
): Promise<Required<Pick<Attempt, 'failure' | 'words'>>> {
  const attempt = await attemptIn(...args);
  assertNothingLeft(attempt);
  assert.ok(attempt.failure && attempt.words, 'a terminal was opened');
  return { failure: attempt.failure, words: attempt.words };
}

export async function opens(...args: Parameters<typeof attemptIn>): Promise<void> {
  const attempt = await attemptIn(...args);
  assert.deepEqual(attempt.failure, undefined);
  assert.deepEqual(attempt.end, { code: 0 });
  assertNothingLeft(attempt);
}

export function assertNothingLeft({ before, after }: Attempt): void {
  assert.deepEqual(after.children, before.children);
  assert.equal(after.descriptors, before.descriptors);
}
