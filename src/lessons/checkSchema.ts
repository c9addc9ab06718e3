import * as z from 'zod/mini';
import { namespaceKinds } from '../kernel/kinds';
import type { Check, Condition } from './check';

const { exactOptional: optional } = z;

const text = z.string().check(z.minLength(1));
/** What the type of an amount is called. */
export const notAnAmount = 'number, {{name}}';
const amount = z.union([z.int(), z.string().check(z.regex(/^\{\{[\w-]+\}\}$/, notAnAmount))]);
const bounds = z.strictObject({
  is: optional(amount),
  atLeast: optional(amount),
  atMost: optional(amount),
});
const kind = z.enum(namespaceKinds);
const ownOrShared = z.enum(['own', 'shared']);
const map = z.union([z.literal('empty'), z.array(z.tuple([amount, amount, amount])).check(z.minLength(1))]);

const mount = z.strictObject({
  path: text,
  exists: optional(z.boolean()),
  type: optional(text),
  own: optional(z.boolean()),
});

const file = z.strictObject({
  path: text,
  exists: optional(z.boolean()),
  uid: optional(amount),
  gid: optional(amount),
  content: optional(z.string()),
  empty: optional(z.boolean()),
});

/** What asks for nothing would always be true. */
const asks = z.refine((value) => Object.keys(value as object).length > 0, 'it asks for nothing');

const condition: z.ZodMiniType<Condition> = z.lazy(() =>
  z
    .strictObject({
      all: optional(z.array(condition).check(z.minLength(1))),
      any: optional(z.array(condition).check(z.minLength(1))),
      not: optional(condition),
      ns: optional(
        z.partialRecord(z.enum([...namespaceKinds, 'pid_for_children', 'time_for_children']), ownOrShared),
      ),
      uidMap: optional(map),
      gidMap: optional(map),
      setgroups: optional(z.enum(['allow', 'deny'])),
      nspid: optional(z.strictObject({ depth: optional(amount), inside: optional(amount) })),
      capabilities: optional(z.enum(['none', 'full'])),
      uid: optional(amount),
      name: optional(text),
      depth: optional(bounds),
      mount: optional(mount),
      file: optional(file),
      hostname: optional(text),
      devices: optional(z.array(text)),
      addresses: optional(z.array(text)),
      clock: optional(z.strictObject({ monotonic: optional(amount), boottime: optional(amount) })),
      inside: optional(bounds),
      other: optional(
        z.strictObject({
          same: optional(z.array(kind)),
          different: optional(z.array(kind)),
          is: optional(condition),
        }),
      ),
    })
    .check(asks),
);

/** The shape of Check. */
export const check: z.ZodMiniType<Check> = z.lazy(() =>
  z
    .strictObject({
      all: optional(z.array(check).check(z.minLength(1))),
      any: optional(z.array(check).check(z.minLength(1))),
      not: optional(check),
      process: optional(condition),
      host: optional(condition),
    })
    .check(asks),
);
