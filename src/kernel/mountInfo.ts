import * as fs from 'node:fs';

/** One line of /proc/PID/mountinfo, as far as Anton compares it. Source: proc_pid_mountinfo(5). */
export interface MountRow {
  /** major:minor of the file system: every procfs and every tmpfs has one of its own. */
  readonly device: string;
  /** What of the file system is mounted: '/' is all of it. */
  readonly root: string;
  /** Where it is mounted, seen from the process's root directory. */
  readonly path: string;
  /** 'proc', 'tmpfs', ... */
  readonly type: string;
}

/** The mounts that a process sees, in the order of the kernel's table; undefined if it is gone or hidden from us. */
export function readMounts(pid: number | 'self'): readonly MountRow[] | undefined {
  try {
    return parseMountInfo(fs.readFileSync(`/proc/${pid}/mountinfo`, 'utf8'));
  } catch {
    return undefined;
  }
}

export function parseMountInfo(text: string): readonly MountRow[] {
  return text.split('\n').flatMap((line) => {
    const [, , device, root, path, ...rest] = line.split(' ');
    const type = rest[rest.indexOf('-') + 1];
    if (device === undefined || root === undefined || path === undefined || type === undefined) return [];
    return [{ device, root: unescapeOctal(root), path: unescapeOctal(path), type }];
  });
}

/** The mount that is seen at a path: of several that cover each other the last one. */
export function mountAt(mounts: readonly MountRow[], path: string): MountRow | undefined {
  return mounts.findLast((row) => row.path === path);
}

/** The kernel writes space, tab, newline and backslash as \040, \011, \012 and \134. */
function unescapeOctal(text: string): string {
  return text.replace(/\\([0-7]{3})/g, (_, digits: string) =>
    String.fromCharCode(Number.parseInt(digits, 8)),
  );
}
