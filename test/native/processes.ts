import * as fs from 'node:fs';
import { eventually } from './support';

/** A word that no other process has on its command line. */
export function uniqueWord(): string {
  return `marker-${process.pid}-${process.hrtime.bigint()}`;
}

/** The processes with an argument that begins with a word; everyone may read command lines. Not this one. */
export function processesWith(word: string): number[] {
  return fs
    .readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter((pid) =>
      read(`/proc/${pid}/cmdline`)
        .split('\0')
        .some((argument) => argument.startsWith(word)),
    )
    .map(Number);
}

/** Waits until as many processes have an argument that begins with the word. */
export async function waitForProcesses(word: string, count: number): Promise<number[]> {
  return eventually(() => {
    const found = processesWith(word);
    return found.length === count && found;
  }, `${count} processes with ${word}`);
}

/** True while there is such a process; one that has ended counts no more, though its parent may not have noticed yet. */
export function exists(pid: number): boolean {
  return /^State:\s+[^ZX]/m.test(read(`/proc/${pid}/status`));
}

/** What /proc/PID/stat says of sessions and terminals (proc_pid_stat(5)), in PIDs of the reader. */
export function sessionOf(pid: number): { group: number; session: number; tty: number; foreground: number } {
  const stat = read(`/proc/${pid}/stat`);
  const fields = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number);
  const [group = -1, session = -1, tty = -1, foreground = -1] = fields.slice(2);
  return { group, session, tty, foreground };
}

export function read(file: string): string {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
