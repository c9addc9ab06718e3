/**
 * One line of /proc/PID/uid_map or gid_map: `length` ids from `inside` on stand for those from `outside` on.
 * Source: user_namespaces(7), "User and group ID mappings".
 */
export interface IdMapRow {
  readonly inside: number;
  readonly outside: number;
  readonly length: number;
}

export type IdMap = readonly IdMapRow[];

/** Id that stands for every id without a mapping, if /proc/sys/kernel/overflowuid says nothing else. */
export const overflowId = 65534;

/** (uid_t) -1 is no id, so the largest one is this. */
export const largestId = 0xffff_fffe;

/** The kernel takes so many lines since 4.15 (user_namespaces(7)). */
export const mostRows = 340;

/**
 * Reads a map as the kernel prints it.
 * @throws SyntaxError for a line that is not three decimal numbers.
 */
export function parseIdMap(text: string): IdMap {
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const match = /^\s*(\d{1,10})\s+(\d{1,10})\s+(\d{1,10})\s*$/.exec(line);
      if (!match) throw new SyntaxError(`not a line of an id map: ${JSON.stringify(line)}`);
      return { inside: Number(match[1]), outside: Number(match[2]), length: Number(match[3]) };
    });
}

/** What the kernel answers with EINVAL, by the rules of user_namespaces(7); `at` is a row's index, or an id. */
export type IdMapProblem =
  | { readonly problem: 'no-row' | 'too-many-rows'; readonly rows: number }
  | { readonly problem: 'not-an-id' | 'no-length' | 'beyond-largest'; readonly row: number }
  | { readonly problem: 'overlap'; readonly side: 'inside' | 'outside'; readonly id: number };

/** The first thing that is wrong with a map by itself, whoever writes it; undefined if nothing is. */
export function idMapProblem(map: IdMap): IdMapProblem | undefined {
  if (map.length === 0) return { problem: 'no-row', rows: 0 };
  if (map.length > mostRows) return { problem: 'too-many-rows', rows: map.length };
  for (const [row, { inside, outside, length }] of map.entries()) {
    const isId = (id: number): boolean => Number.isInteger(id) && id >= 0 && id <= largestId;
    if (![inside, outside, length].every(isId)) return { problem: 'not-an-id', row };
    if (length === 0) return { problem: 'no-length', row };
    if (Math.max(inside, outside) + length - 1 > largestId) return { problem: 'beyond-largest', row };
  }
  return overlapOn('inside', map) ?? overlapOn('outside', map);
}

function overlapOn(side: 'inside' | 'outside', map: IdMap): IdMapProblem | undefined {
  const sorted = [...map].sort((a, b) => a[side] - b[side]);
  const second = sorted.find((row, i) => {
    const previous = sorted[i - 1];
    return previous !== undefined && previous[side] + previous.length > row[side];
  });
  return second && { problem: 'overlap', side, id: second[side] };
}

/**
 * Writes a map as the kernel reads it: in a single write(2), one row a line.
 * @throws RangeError for what the kernel would refuse with EINVAL: no row, too many, a length of 0, an id out of
 *   range, or rows that overlap on either side.
 */
export function formatIdMap(map: IdMap): string {
  const wrong = idMapProblem(map);
  if (wrong) throw new RangeError(describeProblem(wrong, map));
  return map.map((row) => `${row.inside} ${row.outside} ${row.length}\n`).join('');
}

function describeProblem(wrong: IdMapProblem, map: IdMap): string {
  switch (wrong.problem) {
    case 'no-row':
    case 'too-many-rows':
      return `an id map has 1 to ${mostRows} rows, not ${wrong.rows}`;
    case 'not-an-id':
      return `not ids and a length: ${JSON.stringify(map[wrong.row])}`;
    case 'no-length':
      return 'a row of an id map maps at least one id';
    case 'beyond-largest':
      return 'a row of an id map reaches beyond the largest id';
    case 'overlap':
      return `two rows of an id map overlap ${wrong.side}, at ${wrong.id}`;
  }
}

/** True for the map of the initial user namespace: every id stands for itself. */
export function isIdentity(map: IdMap): boolean {
  const [row] = map;
  return map.length === 1 && row?.inside === 0 && row.outside === 0 && row.length >= largestId;
}

/** What an id outside is inside; undefined if the map has no row for it, so that it shows as the overflow id. */
export function idInside(outside: number, map: IdMap): number | undefined {
  const row = map.find((each) => outside >= each.outside && outside < each.outside + each.length);
  return row && row.inside + outside - row.outside;
}
