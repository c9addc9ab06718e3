import * as z from 'zod/mini';
import { harmless } from '../../kernel/harmless';
import { longestName, recordVersion, type ClassRecord, type FileFault } from './record';

/** Whoever shows a text of a student's file need not think of what may be in it: it is made harmless here. */
function text(longest: number): z.ZodMiniType<string, string> {
  return z.pipe(z.string().check(z.maxLength(longest)), z.transform(harmless));
}

const name = text(2 * longestName);
const check = text(4 * longestName);
const time = z.iso.datetime();
const uid = z.int().check(z.minimum(0), z.maximum(0xffff_fffe));

const cause = z.object({ rationale: text(2000), help: z.nullable(text(4000)) });

const result = z.object({
  name: check,
  description: text(500),
  passed: z.nullable(z.boolean()),
  log: z.array(text(2000)).check(z.maxLength(100)),
  cause: z.nullable(cause),
  // Anything may be there, of any depth; nothing reads it.
  data: z.pipe(
    z.unknown(),
    z.transform(() => null),
  ),
  dependency: z.nullable(check),
});

const lesson = z.object({
  slug: check,
  results: z.array(result).check(z.maxLength(100)),
  version: name,
  changed: time,
  open: z.nullable(z.object({ check, since: time })),
});

const record = z.object({
  anton: z.literal(recordVersion),
  student: z.object({ name, login: name, uid }),
  seen: time,
  lessons: z.array(lesson).check(z.maxLength(100)),
});

/** Reads what a student's file says. Throws nothing, whatever it is. */
export function parseRecord(bytes: Uint8Array): { record: ClassRecord } | { fault: FileFault } {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return { fault: { fault: 'notJson' } };
  }
  const version = versionOf(value);
  if (typeof version === 'number' && version > recordVersion)
    return { fault: { fault: 'newer', version: String(version) } };
  const parsed = record.safeParse(value);
  if (parsed.success) return { record: parsed.data };
  const place = (parsed.error.issues[0]?.path ?? []).map(String).join('.');
  return { fault: { fault: 'shape', place: harmless(place).slice(0, longestName) } };
}

function versionOf(value: unknown): unknown {
  return typeof value === 'object' && value !== null && 'anton' in value ? value.anton : undefined;
}
