import { readdirSync, readFileSync } from 'node:fs';

/** The PIDs of a user's processes, or of those with such a name. */
export function processesOf(uid: number, name = '.*'): readonly number[] {
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .map(Number)
    .filter((pid) => {
      try {
        const status = readFileSync(`/proc/${pid}/status`, 'utf8');
        return new RegExp(`^Name:\\t${name}\\n[^]*^Uid:\\t${uid}\\t`, 'm').test(status);
      } catch {
        return false;
      }
    });
}

/** The arguments of a process, with blanks between them; '' if it has ended. */
export function commandLine(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replace(/\0/g, ' ').trim();
  } catch {
    return '';
  }
}
