/** Samples of one thing, in milliseconds, and what they say. */
export interface Samples {
  readonly what: string;
  readonly values: readonly number[];
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

export function quantile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? NaN;
}

/** Rows under a heading; the first row is the peer that the others are compared with. */
export function compare(heading: string, rows: readonly Samples[]): string {
  const peer = median(rows[0]?.values ?? []);
  const cells = rows.map(({ what, values }) => [
    what,
    median(values).toFixed(2),
    `${quantile(values, 0.1).toFixed(2)} - ${quantile(values, 0.9).toFixed(2)}`,
    (median(values) / peer).toFixed(2),
  ]);
  return table(heading, ['', 'median ms', 'p10 - p90', 'ratio'], cells);
}

export function table(
  heading: string,
  head: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  const widths = head.map((title, i) => Math.max(title.length, ...rows.map((row) => row[i]?.length ?? 0)));
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0)))
      .join('   ');
  return `\n${heading}\n${line(head)}\n${rows.map(line).join('\n')}\n`;
}
