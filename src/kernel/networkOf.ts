import * as fs from 'node:fs';

/**
 * The network of a process, as /proc/PID/net shows it from outside: that folder is about the process's network
 * namespace, whoever reads it (proc_pid_net(5)).
 */

/** The names of its interfaces; undefined if the process is gone or hidden from us. */
export function readDevices(pid: number | 'self'): readonly string[] | undefined {
  const text = readNet(pid, 'dev');
  return text === undefined ? undefined : parseDevices(text);
}

/** The IPv4 addresses that are its own, such as 127.0.0.1 where lo is up; undefined as above. */
export function readAddresses(pid: number | 'self'): readonly string[] | undefined {
  const text = readNet(pid, 'fib_trie');
  return text === undefined ? undefined : parseAddresses(text);
}

/** Two lines of headings, then `  name: numbers`. */
export function parseDevices(text: string): readonly string[] {
  return text
    .split('\n')
    .slice(2)
    .map((line) => line.slice(0, Math.max(0, line.lastIndexOf(':'))).trim())
    .filter(Boolean);
}

/** An address is a leaf `|-- 127.0.0.1` whose next line is `/32 host LOCAL`. */
export function parseAddresses(text: string): readonly string[] {
  const found = text.matchAll(/\|-- (\d+\.\d+\.\d+\.\d+)\n\s*\/32 host LOCAL/g);
  return [...new Set([...found].map(([, address = '']) => address))];
}

function readNet(pid: number | 'self', file: 'dev' | 'fib_trie'): string | undefined {
  try {
    return fs.readFileSync(`/proc/${pid}/net/${file}`, 'utf8');
  } catch {
    return undefined;
  }
}
