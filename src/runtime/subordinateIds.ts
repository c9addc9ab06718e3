/** Ids that a user may map beside their own. */
export interface IdRange {
  readonly first: number;
  readonly count: number;
}

/** (uid_t) -1 is no id. */
const largestId = 0xffff_fffe;

/**
 * The ranges that /etc/subuid or /etc/subgid grants a user, in the file's order; lines that are none, and ranges that
 * overlap one before, are passed over. Source: subuid(5).
 * @param name the user's login name; a line may name the user by `id` instead.
 */
export function parseSubordinateIds(text: string, name: string, id: number): readonly IdRange[] {
  const ranges: IdRange[] = [];
  for (const line of text.split('\n')) {
    const match = /^([^:#]+):(\d{1,10}):(\d{1,10})\s*$/.exec(line);
    if (!match || (match[1] !== name && match[1] !== String(id))) continue;
    const range = { first: Number(match[2]), count: Number(match[3]) };
    const isRange = range.count > 0 && range.first + range.count - 1 <= largestId;
    if (isRange && !ranges.some((other) => overlap(range, other))) ranges.push(range);
  }
  return ranges;
}

function overlap(a: IdRange, b: IdRange): boolean {
  return a.first < b.first + b.count && b.first < a.first + a.count;
}
