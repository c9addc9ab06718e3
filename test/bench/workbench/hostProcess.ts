import { readdirSync, readFileSync } from 'node:fs';

/** Below the server, the process in which extensions run. */
export function extensionHost(server: number): number {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc').filter((each) => /^\d+$/.test(each))) {
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8')
        .replace(/^.*\) /s, '')
        .split(' ');
      parents.set(Number(name), Number(stat[1]));
    } catch {
      // It has ended.
    }
  }
  const isBelow = (pid: number): boolean =>
    pid === server || (parents.has(pid) && pid !== 1 && isBelow(parents.get(pid) ?? 1));
  const found = [...parents.keys()].find(
    (pid) => isBelow(pid) && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('--type=extensionHost'),
  );
  if (found === undefined) throw new Error('there is no extension host');
  return found;
}

/** What a process has in memory, in MB. */
export function memoryOf(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1]) / 1024;
}
