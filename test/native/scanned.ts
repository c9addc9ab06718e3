import * as assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import * as fs from 'node:fs';
import type { NamespaceId, NamespaceKind } from '../../src/kernel/kinds';
import type { MachineNamespace, MachineProcess, MachineSnapshot } from '../../src/inspect/snapshot';
import { processesWith, uniqueWord } from './processes';
import { eventually } from './support';

/** Processes that a test starts for the scan to find. */
export class Scanned {
  private readonly started = new Set<ChildProcess>();

  /**
   * Runs a command with `sh` at its end, and returns the PID of that shell once it has run the script. It waits for
   * what the script left in the background, and ends with the test.
   */
  async shell(command: readonly string[], script = 'sleep infinity &'): Promise<number> {
    const word = uniqueWord();
    const [file = '', ...args] = command;
    const child = spawn(file, [...args, 'sh', '-c', `${script}\necho here\nwait`, word], {
      stdio: ['ignore', 'pipe', 'inherit'],
      detached: true,
    });
    this.started.add(child);
    await once(child.stdout, 'data');
    const isShell = (pid: number): boolean =>
      fs.readFileSync(`/proc/${pid}/cmdline`, 'latin1').startsWith('sh\0');
    return eventually(() => processesWith(word).find(isShell), command.join(' '));
  }

  async stop(): Promise<void> {
    for (const child of this.started) {
      await endGroup(child.pid ?? 0);
    }
    this.started.clear();
  }
}

/** As stat(1) sees it: `stat -L /proc/PID/ns/KIND`. */
export function inode(pid: number | 'self', kind: NamespaceKind): NamespaceId {
  return fs.statSync(`/proc/${pid}/ns/${kind}`).ino as NamespaceId;
}

export function namespaceOf(snapshot: MachineSnapshot, id: NamespaceId): MachineNamespace {
  const found = snapshot.namespaces.filter((each) => each.id === id);
  const [only, ...more] = found;
  assert.ok(only && more.length === 0, `namespace ${id} is found ${found.length} times`);
  return only;
}

export function processOf(snapshot: MachineSnapshot, pid: number): MachineProcess {
  const found = snapshot.processes.find((each) => each.pid === pid);
  assert.ok(found, `process ${pid} is not found`);
  return found;
}

/** Ends a process group, and waits until nobody is in it, not even one that is still to be waited for. */
async function endGroup(group: number): Promise<void> {
  const isThere = (signal: 0 | 'SIGKILL'): boolean => {
    try {
      return process.kill(-group, signal);
    } catch {
      return false;
    }
  };
  isThere('SIGKILL');
  await eventually(() => !isThere(0), `the end of process group ${group}`);
}

/** The PIDs of the scanners that a process has started. */
export function scannersOf(parent: number): number[] {
  const children = fs
    .readFileSync(`/proc/${parent}/task/${parent}/children`, 'latin1')
    .split(' ')
    .map(Number);
  return children.filter((pid) => pid > 0 && nameOf(pid) === 'anton-scan');
}

function nameOf(pid: number): string {
  try {
    return fs.readFileSync(`/proc/${pid}/comm`, 'latin1').trim();
  } catch {
    return '';
  }
}
