import * as fs from 'node:fs';
import { parseIdMap, type IdMap } from './idMap';
import { namespaceKinds, type NamespaceId, type NamespaceKind } from './kinds';

/** Ids of a process's namespaces. A kind is missing where the kernel has no such kind or does not let us read it. */
export type NamespaceIds = Readonly<Partial<Record<NamespaceKind, NamespaceId>>>;

/** What /proc/PID/status says, as far as Anton uses it. Source: proc_pid_status(5). */
export interface ProcessStatus {
  readonly name: string;
  readonly pid: number;
  readonly parent: number;
  /** The process's PIDs from the reader's PID namespace inwards; the last is what it calls itself. */
  readonly pidChain: readonly number[];
  /** Effective uid and gid, seen from the reader's user namespace. */
  readonly uid: number;
  readonly gid: number;
  /** The effective capabilities, one bit each (capabilities(7)). */
  readonly capabilities: bigint;
}

/** Reads `pid:[4026531836]`; undefined for anything else. */
export function parseNamespaceLink(link: string): { kind: NamespaceKind; id: NamespaceId } | undefined {
  const match = /^([a-z]+):\[(\d{1,10})\]$/.exec(link);
  const kind = namespaceKinds.find((each) => each === match?.[1]);
  return match && kind ? { kind, id: Number(match[2]) as NamespaceId } : undefined;
}

/** The namespaces of a process, read without blocking noticeably (eight readlinks, some 40 µs together). */
export function readNamespaces(pid: number | 'self'): NamespaceIds {
  const ids: Partial<Record<NamespaceKind, NamespaceId>> = {};
  for (const kind of namespaceKinds) {
    const link = quietly(() => fs.readlinkSync(`/proc/${pid}/ns/${kind}`));
    const parsed = link === undefined ? undefined : parseNamespaceLink(link);
    if (parsed) ids[kind] = parsed.id;
  }
  return ids;
}

/** A process's uid_map or gid_map; undefined if it is gone or may not be read. */
export function readIdMap(pid: number | 'self', which: 'uid_map' | 'gid_map'): IdMap | undefined {
  const text = quietly(() => fs.readFileSync(`/proc/${pid}/${which}`, 'latin1'));
  return text === undefined ? undefined : parseIdMap(text);
}

/** Whether setgroups(2) may be used in a process's user namespace; undefined if it is gone or may not be read. */
export function readSetgroups(pid: number): 'allow' | 'deny' | undefined {
  const text = quietly(() => fs.readFileSync(`/proc/${pid}/setgroups`, 'latin1'))?.trim();
  return text === 'allow' || text === 'deny' ? text : undefined;
}

/** A process's status; undefined if it is gone. */
export function readStatus(pid: number): ProcessStatus | undefined {
  const text = quietly(() => fs.readFileSync(`/proc/${pid}/status`));
  return text === undefined ? undefined : parseStatus(text);
}

/**
 * Reads /proc/PID/status. The name may hold any byte but NUL; the kernel escapes newline and backslash in it
 * (proc_pid_status(5)), so a process cannot forge a line.
 */
export function parseStatus(status: Buffer): ProcessStatus | undefined {
  const fields = new Map<string, string>();
  for (const line of status.toString('utf8').split('\n')) {
    const colon = line.indexOf(':');
    if (colon > 0 && !fields.has(line.slice(0, colon)))
      // A name may begin and end with blanks.
      fields.set(line.slice(0, colon), line.slice(colon + 1).replace(/^\t/, ''));
  }
  const numbers = (field: string): number[] =>
    (fields.get(field) ?? '').split(/\s+/).filter(Boolean).map(Number);
  const [pid] = numbers('Pid');
  const [parent] = numbers('PPid');
  const chain = numbers('NSpid');
  if (pid === undefined || parent === undefined) return undefined;
  return {
    name: unescapeName(fields.get('Name') ?? ''),
    pid,
    parent,
    pidChain: chain.length > 0 ? chain : [pid],
    uid: numbers('Uid')[1] ?? -1,
    gid: numbers('Gid')[1] ?? -1,
    capabilities: parseMask(fields.get('CapEff')),
  };
}

function parseMask(text = ''): bigint {
  return /^[0-9a-f]{1,16}$/.test(text) ? BigInt(`0x${text}`) : 0n;
}

function unescapeName(name: string): string {
  return name.replace(/\\(\\|n)/g, (_, escaped: string) => (escaped === 'n' ? '\n' : '\\'));
}

/**
 * The children of a process, of all its threads; empty if it is gone. /proc/PID/task/TID/children needs
 * CONFIG_PROC_CHILDREN (proc_tid_children(5)), which every distribution's kernel has.
 */
export function readChildren(pid: number): readonly number[] {
  const threads = quietly(() => fs.readdirSync(`/proc/${pid}/task`)) ?? [];
  return threads.flatMap((thread) => {
    const text = quietly(() => fs.readFileSync(`/proc/${pid}/task/${thread}/children`, 'latin1')) ?? '';
    return text.split(' ').filter(Boolean).map(Number);
  });
}

/** Processes end and vanish while we read: that is an answer, not an error. */
function quietly<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
