/** One line of /proc/PID/mountinfo. */
export interface Mount {
  readonly target: string;
  readonly readOnly: boolean;
  readonly type: string;
}

/** Lines of /proc/PID/mountinfo (proc_pid_mountinfo(5)). */
export function parseMounts(text: string): Mount[] {
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => {
      const fields = line.split(' ');
      const type = line.split(' - ')[1]?.split(' ')[0] ?? '';
      return { target: fields[4] ?? '', readOnly: /^ro(,|$)/.test(fields[5] ?? ''), type };
    });
}

/**
 * Mount points that cover parts of /proc; '/proc' itself if it is read-only. binfmt_misc has a mount point made for it,
 * which the kernel does not count (mnt_already_visible in fs/namespace.c).
 */
export function maskedProc(mounts: readonly Mount[]): string[] {
  const covering = mounts.filter(
    ({ target }) => target.startsWith('/proc/') && target !== '/proc/sys/fs/binfmt_misc',
  );
  const itself = mounts.filter(({ target, readOnly }) => target === '/proc' && readOnly);
  return [...new Set([...itself, ...covering].map(({ target }) => target))];
}
