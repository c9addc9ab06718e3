import type { HostPerson } from '../../src/inspect/hostPerson';
import type { NamespaceFact, ProcessFact, TerminalSnapshot } from '../../src/inspect/terminalSnapshot';
import type { IdMap } from '../../src/kernel/idMap';
import { namespaceKinds, type NamespaceId, type NamespaceKind } from '../../src/kernel/kinds';
import type { TerminalId, TerminalInfo } from '../../src/runtime/runtime';
import { translator } from '../../src/ui/translate';

/** What tests of the words and models begin with: an ordinary user's terminals. */

export const t = translator('en', () => ({}));

export const person: HostPerson = {
  uid: 1000,
  gid: 1000,
  userName: 'ana',
  overflowUid: 65534,
  overflowGid: 65534,
};

export const rootMap: IdMap = [{ inside: 0, outside: 1000, length: 1 }];

export const identity: IdMap = [{ inside: 0, outside: 0, length: 4294967295 }];

export function terminalInfo(id: number, more: Partial<TerminalInfo> = {}): TerminalInfo {
  return {
    id: id as TerminalId,
    name: `Anton ${id}`,
    profile: { name: 'anton', namespaces: ['user', 'pid'], map: 'root', freshProc: true },
    command: ['/bin/bash'],
    cwd: '/home/ana',
    pid: 25435,
    root: 25435,
    pids: [25435, 1],
    uidMap: rootMap,
    gidMap: rootMap,
    steps: [],
    ...more,
  };
}

export function namespaces(...own: NamespaceKind[]): NamespaceFact[] {
  return namespaceKinds.map((kind, i) => {
    const hostId = (4026531830 + i) as NamespaceId;
    const isOwn = own.includes(kind);
    return { kind, id: isOwn ? ((4026532510 + i) as NamespaceId) : hostId, hostId, own: isOwn };
  });
}

/** A process; the PID outside is the one inside and 25434. */
export function process(pidInside: number, name: string, depth: number): ProcessFact {
  return { pid: 25434 + pidInside, pidInside, name, depth };
}

export function terminalSnapshot(more: Partial<TerminalSnapshot> = {}): TerminalSnapshot {
  return {
    namespaces: namespaces('user', 'pid'),
    uidMap: rootMap,
    gidMap: rootMap,
    proc: 'inside',
    ancestors: [{ pid: 1, name: 'systemd' }],
    processes: [process(1, 'bash', 0), process(7, 'sleep', 1)],
    ...more,
  };
}

/** Names a process can give itself, and what may be seen of them. */
export const evilNames: readonly (readonly [string, string])[] = [
  ['<img src=x>', '<img src=x>'],
  ['\u001b[31mred\u0007', '\\x1b[31mred\\x07'],
  ['a\u202egnp.exe', 'a\\u202egnp.exe'],
  ['two\nlines', 'two\\nlines'],
  ['half\ud800', 'half\\ud800'],
];
