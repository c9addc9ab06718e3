import * as path from 'node:path';
import type { ProblemCause } from './profileProblems';

/** What the variables of a path stand for. */
export interface Places {
  readonly userHome: string;
  /** Undefined if no folder is open. */
  readonly workspaceFolder: string | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/**
 * An absolute path, with `~`, `${userHome}`, `${workspaceFolder}` and `${env:NAME}` replaced as VS Code does in its own
 * settings: a variable of the environment that there is not is empty.
 */
export function expandPath(text: string, places: Places): { path: string } | { cause: ProblemCause } {
  let cause: ProblemCause | undefined;
  const expanded = text
    .replace(/^~(?=\/|$)/, places.userHome)
    .replace(/\$\{([^}]*)\}/g, (whole, name: string) => {
      if (name === 'userHome') return places.userHome;
      if (name.startsWith('env:')) return places.env[name.slice('env:'.length)] ?? '';
      if (name !== 'workspaceFolder') cause ??= { problem: 'unknownVariable', text: whole };
      else if (places.workspaceFolder === undefined) cause ??= { problem: 'noFolder' };
      return places.workspaceFolder ?? '';
    });
  if (cause) return { cause };
  if (!path.posix.isAbsolute(expanded) || expanded.includes('\0'))
    return { cause: { problem: 'notAbsolute', text: expanded } };
  return { path: path.posix.normalize(expanded) };
}
