import type { NodeModel } from './nodes';

/** What has to be drawn again: everything, or these rows with what is under them. */
export type Changes = 'all' | readonly string[];

/** The fewest rows, by their keys, that cover every difference between two states of a tree. */
export function changedNodes(before: readonly NodeModel[], after: readonly NodeModel[]): Changes {
  if (!sameKeys(before, after)) return 'all';
  const keys: string[] = [];
  compare(before, after, keys);
  return keys;
}

function compare(before: readonly NodeModel[], after: readonly NodeModel[], keys: string[]): void {
  before.forEach((old, i) => {
    const now = after[i];
    if (!now || now === old) return;
    if (!sameRow(old, now) || !sameKeys(old.children, now.children)) keys.push(now.key);
    else compare(old.children, now.children, keys);
  });
}

function sameRow(a: NodeModel, b: NodeModel): boolean {
  return (
    a.label === b.label &&
    a.description === b.description &&
    a.tooltip === b.tooltip &&
    a.spoken === b.spoken &&
    a.icon === b.icon &&
    a.contextValue === b.contextValue &&
    a.state === b.state &&
    a.id === b.id
  );
}

function sameKeys(a: readonly NodeModel[], b: readonly NodeModel[]): boolean {
  return a.length === b.length && a.every(({ key }, i) => key === b[i]?.key);
}
