import * as fs from 'node:fs';
import * as os from 'node:os';
import { readClockOffsets, readForChildren, type KindForChildren } from '../kernel/forChildren';
import { readMounts } from '../kernel/mountInfo';
import { readAddresses, readDevices } from '../kernel/networkOf';
import { readChildren, readIdMap, readNamespaces, readSetgroups, readStatus } from '../kernel/proc';
import { readStat } from '../kernel/processStat';
import type { Facts, FileFact, Who } from './facts';

/** Where a lesson's terminal begins: fields of the runtime's TerminalInfo. */
export interface TerminalRoot {
  readonly pid: number;
  /** Its guard where it has no PID namespace; that one is Anton's own and not the lesson's. */
  readonly root: number;
}

/** More processes no lesson needs, and a fork bomb must not stall the editor. */
const mostProcesses = 100;
/** Of a file; lessons write a line or two. */
const mostBytes = 4096;

/** Facts from /proc, each read once: an object is about one moment, and is thrown away then. */
export class ProcFacts implements Facts {
  private readonly known = new Map<string, unknown>();

  constructor(private readonly terminals: readonly TerminalRoot[]) {}

  processes(): readonly number[] {
    return this.once('processes', () => [...new Set(this.terminals.flatMap(tree))].slice(0, mostProcesses));
  }

  namespaces(who: Who): ReturnType<Facts['namespaces']> {
    return this.once(`ns ${who}`, () => readNamespaces(pidOf(who)));
  }

  forChildren(who: Who, kind: KindForChildren): ReturnType<Facts['forChildren']> {
    return this.once(`${kind} ${who}`, () => readForChildren(pidOf(who), kind));
  }

  idMap(who: Who, which: 'uid_map' | 'gid_map'): ReturnType<Facts['idMap']> {
    return this.once(`${which} ${who}`, () => readIdMap(pidOf(who), which));
  }

  setgroups(who: Who): ReturnType<Facts['setgroups']> {
    return this.once(`setgroups ${who}`, () => readSetgroups(numberOf(who)));
  }

  status(who: Who): ReturnType<Facts['status']> {
    return this.once(`status ${who}`, () => readStatus(numberOf(who)));
  }

  mounts(who: Who): ReturnType<Facts['mounts']> {
    return this.once(`mounts ${who}`, () => readMounts(pidOf(who)));
  }

  file(who: Who, path: string): FileFact | undefined {
    const folder = who === 'host' ? '' : `/proc/${who}/root`;
    return this.once(`file ${who} ${path}`, () => readFile(folder + path));
  }

  hostname(who: Who): string | undefined {
    const own = this.namespaces(who).uts;
    return own !== undefined && own === this.namespaces('host').uts ? os.hostname() : undefined;
  }

  devices(who: Who): ReturnType<Facts['devices']> {
    return this.once(`devices ${who}`, () => readDevices(pidOf(who)));
  }

  addresses(who: Who): ReturnType<Facts['addresses']> {
    return this.once(`addresses ${who}`, () => readAddresses(pidOf(who)));
  }

  clockOffsets(who: Who): ReturnType<Facts['clockOffsets']> {
    return this.once(`clocks ${who}`, () => readClockOffsets(pidOf(who)));
  }

  everyCapability(): bigint | undefined {
    return this.once('capabilities', readEveryCapability);
  }

  private once<T>(key: string, read: () => T): T {
    if (!this.known.has(key)) this.known.set(key, read());
    return this.known.get(key) as T;
  }
}

function pidOf(who: Who): number | 'self' {
  return who === 'host' ? 'self' : who;
}

function numberOf(who: Who): number {
  return who === 'host' ? process.pid : who;
}

/** The tree below a terminal; processes that have ended, but which nobody has waited for, are not in it. */
function tree({ pid, root }: TerminalRoot): number[] {
  const found: number[] = [];
  const pending = [root];
  for (let next = pending.shift(); next !== undefined; next = pending.shift()) {
    const stat = readStat(next);
    if (!stat || found.length === mostProcesses) continue;
    if (!stat.isZombie && (next === pid || next !== root)) found.push(next);
    pending.push(...readChildren(next));
  }
  return found;
}

/** A pipe or a device is not opened: that could block, or do something. */
function readFile(path: string): FileFact | undefined {
  try {
    const { uid, gid, size, ...stat } = fs.lstatSync(path);
    const isOrdinary = (stat.mode & fs.constants.S_IFMT) === fs.constants.S_IFREG;
    return { uid, gid, size, content: isOrdinary ? readBeginning(path) : undefined };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === 'ENOENT' || code === 'ENOTDIR' ? 'absent' : undefined;
  }
}

function readBeginning(path: string): string | undefined {
  const { O_RDONLY, O_NOFOLLOW, O_NONBLOCK } = fs.constants;
  try {
    const descriptor = fs.openSync(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
    try {
      const buffer = Buffer.alloc(mostBytes);
      const length = fs.readSync(descriptor, buffer, 0, mostBytes, 0);
      return buffer.toString('utf8', 0, length);
    } finally {
      fs.closeSync(descriptor);
    }
  } catch {
    return undefined; // Not ours to read; its owner is known all the same.
  }
}

function readEveryCapability(): bigint | undefined {
  try {
    const last = Number(fs.readFileSync('/proc/sys/kernel/cap_last_cap', 'latin1'));
    return (1n << BigInt(last + 1)) - 1n;
  } catch {
    return undefined;
  }
}
