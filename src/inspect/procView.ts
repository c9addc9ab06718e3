import * as fs from 'node:fs';

/** Whose processes the /proc lists that a process sees: the host's, those of another PID namespace, or nobody's. */
export type ProcView = 'host' | 'inside' | 'none';

/**
 * A procfs shows the PID namespace in which it was mounted, whoever reads it (proc(5), pid_namespaces(7)). In one that
 * shows the reader's own, `self` leads to the reader; in another's, where the reader has no number, it leads nowhere.
 * @returns undefined if the process is gone or hides its files from us.
 */
export function readProcView(pid: number): ProcView | undefined {
  const link = `/proc/${pid}/root/proc/self`;
  try {
    return fs.readlinkSync(link) === String(process.pid) ? 'host' : 'inside';
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? afterNothing(pid, link) : undefined;
  }
}

/** There is no such link, it leads nowhere, or the process itself is gone. */
function afterNothing(pid: number, link: string): ProcView | undefined {
  try {
    fs.lstatSync(link);
    return 'inside';
  } catch {
    return fs.existsSync(`/proc/${pid}/root/`) ? 'none' : undefined;
  }
}
