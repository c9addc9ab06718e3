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
const largestId = 0xffff_fffe;

/** The kernel takes so many lines since 4.15 (user_namespaces(7)). */
const mostRows = 340;

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

/**
 * Writes a map as the kernel reads it: in a single write(2), one row a line.
 * @throws RangeError for what the kernel would refuse with EINVAL: no row, too many, a length of 0, an id out of
 *   range, or rows that overlap on either side.
 */
export function formatIdMap(map: IdMap): string {
  if (map.length === 0 || map.length > mostRows) {
    throw new RangeError(`an id map has 1 to ${mostRows} rows, not ${map.length}`);
  }
  for (const row of map) {
    for (const id of [row.inside, row.outside, row.length]) {
      if (!Number.isInteger(id) || id < 0 || id > largestId)
        throw new RangeError(`not an id or a length: ${id}`);
    }
    if (row.length === 0) throw new RangeError('a row of an id map maps at least one id');
    if (row.inside + row.length - 1 > largestId || row.outside + row.length - 1 > largestId) {
      throw new RangeError('a row of an id map reaches beyond the largest id');
    }
  }
  for (const side of ['inside', 'outside'] as const) {
    const sorted = [...map].sort((a, b) => a[side] - b[side]);
    sorted.slice(1).forEach((row, i) => {
      const previous = sorted[i];
      if (previous && previous[side] + previous.length > row[side]) {
        throw new RangeError(`two rows of an id map overlap ${side}, at ${row[side]}`);
      }
    });
  }
  return map.map((row) => `${row.inside} ${row.outside} ${row.length}\n`).join('');
}

/** True for the map of the initial user namespace: every id stands for itself. */
export function isIdentity(map: IdMap): boolean {
  const [row] = map;
  return map.length === 1 && row?.inside === 0 && row.outside === 0 && row.length >= largestId;
}
