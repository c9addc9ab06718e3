import { readStatus } from '../kernel/proc';

/** A process above another. */
export interface Ancestor {
  readonly pid: number;
  /** Raw: show it through `harmless`. */
  readonly name: string;
}

/** No chain of parents is longer on a machine that anyone works with. */
const longestChain = 64;

/** The parents of a process, the outermost first; as far as they can be seen. */
export function readAncestors(pid: number): readonly Ancestor[] {
  const ancestors: Ancestor[] = [];
  for (let next = readStatus(pid)?.parent ?? 0; next > 0 && ancestors.length < longestChain;) {
    const status = readStatus(next);
    if (!status) break;
    ancestors.unshift({ pid: next, name: status.name });
    next = status.parent;
  }
  return ancestors;
}
