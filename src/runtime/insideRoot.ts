import * as fs from 'node:fs';
import * as path from 'node:path';

/** As many links as the kernel follows before it answers ELOOP (path_resolution(7)). */
const mostLinks = 40;

/**
 * Where a path leads for a process whose root directory is `root`: links are followed inside of it, `..` ends at it.
 * What does not exist stays as it is written.
 * @param root absolute path on the host.
 * @param inside absolute path inside.
 * @returns the absolute path inside, free of links. On the host it is `onHost(root, path)`.
 */
export function resolveInRoot(root: string, inside: string): string {
  const rest = inside.split('/');
  let at = '/';
  let links = 0;
  for (let part = rest.shift(); part !== undefined; part = rest.shift()) {
    const next = path.posix.resolve(at, part);
    const target = readLink(onHost(root, next));
    if (target === undefined || links >= mostLinks) at = next;
    else {
      links++;
      rest.unshift(...target.split('/'));
      if (target.startsWith('/')) at = '/';
    }
  }
  return at;
}

export function onHost(root: string, inside: string): string {
  return path.posix.join(root, inside);
}

function readLink(file: string): string | undefined {
  try {
    return fs.readlinkSync(file);
  } catch {
    return undefined;
  }
}
