import { readdirSync, readFileSync } from 'node:fs';

/** A process and all that descends from it, as far as nobody on the way has ended. */
export function processesBelow(ancestor: number): readonly number[] {
  const parents = new Map<number, number>();
  for (const pid of everyProcess()) {
    const stat = read(pid, 'stat').replace(/^.*\) /s, '');
    parents.set(pid, Number(stat.split(' ')[1]));
  }
  const isBelow = (pid: number): boolean =>
    pid === ancestor || (parents.has(pid) && isBelow(parents.get(pid) ?? 0));
  return [...parents.keys()].filter(isBelow);
}

/** The runtimes of an installation, which outlive what has started them: they run code from its folder. */
export function runtimesOf(folder: string): readonly number[] {
  return everyProcess().filter(
    (pid) => read(pid, 'comm') === 'anton-runtime\n' && read(pid, 'maps').includes(` ${folder}/`),
  );
}

/** The arguments of a process, with blanks between them; '' if it has ended. */
export function commandLine(pid: number): string {
  return read(pid, 'cmdline').replace(/\0/g, ' ').trim();
}

/** What a process has in memory, in MB. */
export function memoryOf(pid: number): number {
  return Number(/^VmRSS:\s+(\d+)/m.exec(read(pid, 'status'))?.[1]) / 1024;
}

function everyProcess(): readonly number[] {
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .map(Number);
}

function read(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return '';
  }
}
