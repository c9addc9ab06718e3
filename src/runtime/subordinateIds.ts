/** Ids from `first` on, `count` of them. */
export interface IdRange {
  readonly first: number;
  readonly count: number;
}

/** What /etc/subuid or /etc/subgid says about one person. */
export interface SubordinateIds {
  /** In ascending order; they neither overlap nor touch. */
  readonly ranges: readonly IdRange[];
  /** Numbers, from 1 on, of lines that are neither a comment nor `OWNER:FIRST:COUNT`. */
  readonly unreadable: readonly number[];
}

/** (uid_t) -1 is no id. */
const largestId = 0xffff_fffe;

/**
 * The ids that /etc/subuid or /etc/subgid grants to a person, who stands there by name or by number: in subgid by the
 * number of the user too, not of the group (subuid(5), subgid(5)).
 */
export function parseSubordinateIds(text: string, name: string, id: number): readonly IdRange[] {
  return subordinateRanges(text, name, id).ranges;
}

/** The same, and which lines nobody can read. newuidmap(1) passes over those too (lib/subordinateio.c of shadow). */
export function subordinateRanges(text: string, name: string, id: number): SubordinateIds {
  const ranges: IdRange[] = [];
  const unreadable: number[] = [];
  text.split('\n').forEach((whole, i) => {
    const line = whole.trim();
    if (line === '' || line.startsWith('#')) return;
    const entry = parseLine(line);
    if (!entry) unreadable.push(i + 1);
    else if (entry.owner === name || entry.owner === String(id)) ranges.push(entry.range);
  });
  return { ranges: union(ranges), unreadable };
}

function parseLine(line: string): { owner: string; range: IdRange } | undefined {
  const match = /^([^:]+):(\d{1,10}):(\d{1,10})$/.exec(line);
  if (!match) return undefined;
  const range = { first: Number(match[2]), count: Number(match[3]) };
  if (range.count === 0 || range.first + range.count - 1 > largestId) return undefined;
  return { owner: match[1] ?? '', range };
}

/** Ids that two lines grant are granted once: the kernel refuses a map whose rows overlap. */
function union(ranges: readonly IdRange[]): readonly IdRange[] {
  const all: IdRange[] = [];
  for (const range of [...ranges].sort((a, b) => a.first - b.first)) {
    const last = all.at(-1);
    if (last && range.first <= last.first + last.count) {
      const end = Math.max(last.first + last.count, range.first + range.count);
      all[all.length - 1] = { first: last.first, count: end - last.first };
    } else all.push(range);
  }
  return all;
}
