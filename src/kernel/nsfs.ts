import * as path from 'node:path';
import type koffiModule from 'koffi';
import { errnoName, Failure } from './failure';
import type { NamespaceId, NamespaceKind } from './kinds';
import { nativeFolder } from './native';

/** A user namespace, and the uid of its owner as this process sees it. */
export interface UserNamespace {
  readonly id: NamespaceId;
  readonly owner: number;
}

/** struct anton_user_namespace of native/anton.h. */
const size = 16;
/** User namespaces nest 32 deep below the initial one (user_namespaces(7)). */
const deepest = 40;

let functions: ReturnType<typeof bind> | undefined;

/**
 * The user namespaces that have a say over a process's namespace: its owner, or itself for the kind user, then each
 * one's parent, up to this process's own. Empty if the owner is neither this process's own user namespace nor below it.
 * @throws Failure where the namespace may not be looked at: EACCES, ENOENT.
 */
export function owningUserNamespaces(pid: number | 'self', kind: NamespaceKind): readonly UserNamespace[] {
  functions ??= bind();
  const buffer = Buffer.alloc(deepest * size);
  const count = check(functions.owners(`/proc/${pid}/ns/${kind}`, buffer, deepest), kind);
  return Array.from({ length: count }, (_, i) => ({
    id: Number(buffer.readBigUInt64LE(i * size)) as NamespaceId,
    owner: buffer.readUInt32LE(i * size + 8),
  }));
}

/** Whether a process's PID or user namespace is below this process's own. @throws Failure as above */
export function isBelow(pid: number, kind: 'pid' | 'user'): boolean {
  functions ??= bind();
  return check(functions.isBelow(`/proc/${pid}/ns/${kind}`), kind) === 1;
}

function check(result: number, kind: NamespaceKind): number {
  if (result < 0) throw new Failure({ step: 'open_namespaces', code: errnoName(result), subject: kind });
  return result;
}

/** These calls need none of libanton's threads, so they do not begin them. */
function bind() {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- loaded only when first needed
  const koffi = require('koffi') as typeof koffiModule;
  const lib = koffi.load(path.join(nativeFolder(), 'libanton.so'));
  return {
    owners: lib.func('int anton_owners(const char *path, void *owners, int max)') as (
      path: string,
      owners: Buffer,
      max: number,
    ) => number,
    isBelow: lib.func('int anton_is_below(const char *path)') as (path: string) => number,
  };
}
