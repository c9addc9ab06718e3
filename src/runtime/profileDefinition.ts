import * as z from 'zod/mini';
import { capabilities, everyCapability } from '../kernel/capabilities';
import { namespaceKinds } from '../kernel/kinds';
import { terminalColors } from './profile';

/** A path that is absolute once `~` and `${...}` in it are replaced. */
export const pathPattern = /^(\/|~$|~\/|\$\{)/;

/** '512M', as systemd.resource-control(5) writes it: K, M, G and T count in steps of 1024. */
export const sizePattern = /^(\d{1,12})([KMGT]?)$/;

/** Of environ(7): anything but an empty name, '=' and NUL. */
export const variablePattern = /^[^=\0]+$/;

/** In seconds, some 145 years: the clock has to stay below KTIME_SEC_MAX / 2 (kernel/time/namespace.c). */
export const largestOffset = 4_600_000_000;

/** 'list-ordered': a name of VS Code's icons (codicons). Which ones there are depends on its version. */
export const iconPattern = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/** Which pattern a text has to follow; profileProblems.ts finds it in the message. */
export type Format = 'text' | 'path' | 'variable' | 'size' | 'icon';

/** (uid_t) -1 is no id. */
const largestId = 0xffff_fffe;

/** No text that reaches the kernel may hold a NUL. */
const plain = z.string().check(z.regex(/^[^\0]*$/, { error: 'text' satisfies Format }));
const text = (most: number): z.ZodMiniString => plain.check(z.minLength(1), z.maxLength(most));
const path = plain.check(z.maxLength(4095), z.regex(pathPattern, { error: 'path' satisfies Format }));
const variable = z.string().check(z.regex(variablePattern, { error: 'variable' satisfies Format }));
const size = z.string().check(z.regex(sizePattern, { error: 'size' satisfies Format }));
const id = z.int().check(z.minimum(0), z.maximum(largestId));
const rows = z
  .array(z.strictObject({ inside: id, outside: id, length: id.check(z.minimum(1)) }))
  .check(z.minLength(1), z.maxLength(340));
const offset = z.number().check(z.minimum(-largestOffset), z.maximum(largestOffset));

/**
 * What stands behind a name in the setting anton.profiles. package.json has the same as a JSON schema, for completion;
 * test/unit/profileSchema.test.ts compares both.
 */
export const profileDefinition = z.strictObject({
  extends: z.optional(text(64)),
  description: z.optional(text(200)),
  icon: z.optional(
    z.string().check(z.maxLength(64), z.regex(iconPattern, { error: 'icon' satisfies Format })),
  ),
  color: z.optional(z.enum(terminalColors)),
  namespaces: z.optional(z.array(z.enum(namespaceKinds))),
  map: z.optional(
    z.union([z.enum(['none', 'root', 'same', 'ranges']), z.strictObject({ uid: rows, gid: rows })]),
  ),
  hostname: z.optional(text(64)),
  freshProc: z.optional(z.boolean()),
  root: z.optional(
    z.union([
      path,
      z.strictObject({ path, access: z.optional(z.enum(['read-only', 'writable', 'temporary'])) }),
    ]),
  ),
  binds: z.optional(
    z
      .array(z.strictObject({ source: path, target: z.optional(path), writable: z.optional(z.boolean()) }))
      .check(z.maxLength(32)),
  ),
  network: z.optional(z.enum(['shared', 'none', 'user'])),
  timeOffsets: z.optional(z.strictObject({ monotonic: z.optional(offset), boottime: z.optional(offset) })),
  shell: z.optional(path),
  args: z.optional(z.array(plain)),
  env: z.optional(
    z.strictObject({
      add: z.optional(z.record(variable, plain)),
      drop: z.optional(z.array(variable)),
    }),
  ),
  cwd: z.optional(path),
  init: z.optional(z.boolean()),
  noNewPrivileges: z.optional(z.boolean()),
  dropCapabilities: z.optional(z.array(z.enum([...capabilities, everyCapability]))),
  limits: z.optional(
    z.strictObject({
      memory: z.optional(z.union([z.int().check(z.minimum(1)), size])),
      processes: z.optional(z.int().check(z.minimum(1))),
      cpu: z.optional(z.number().check(z.minimum(0.01))),
    }),
  ),
});

export type ProfileDefinition = z.infer<typeof profileDefinition>;
