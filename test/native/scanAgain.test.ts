import * as assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import * as fs from 'node:fs';
import type { MachineSnapshot } from '../../src/inspect/snapshot';
import { scanMachine } from '../scanMachine';
import { readStatus } from '../../src/kernel/proc';
import { namespaceOf, processOf, inode, Scanned } from './scanned';
import { eventually } from './support';

/** A later scan reads only what can have changed since the last one. */
describe('a scan of the machine after another', () => {
  const scanned = new Scanned();

  afterEach(() => scanned.stop());

  it('finds what a fresh one finds', async () => {
    await scanned.shell(['unshare', '-UrmuinpCT', '-f', '--mount-proc', '--kill-child']);
    await scanned.shell(['unshare', '-Ur', 'unshare', '-Urn']);
    await scanMachine({ fresh: true });
    await eventuallyEqual(async () => {
      const again = await scanMachine();
      const fresh = await scanMachine({ fresh: true });
      return [facts(again), facts(fresh)];
    });
  });

  it('sees a process that has changed its namespaces and its name', async () => {
    const child = spawn('unshare', ['-Ur', 'sh', '-c', 'echo; read _; exec unshare -n sleep infinity'], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const pid = child.pid ?? 0;
    await once(child.stdout, 'data');
    const before = processOf(await scanMachine(), pid);
    assert.equal(before.name, 'sh');
    child.stdin.write('\n');
    await eventually(() => readStatus(pid)?.name === 'sleep', 'sleep');
    const snapshot = await scanMachine();
    const after = processOf(snapshot, pid);
    assert.equal(after.name, 'sleep');
    assert.notEqual(after.namespaces.net, before.namespaces.net);
    assert.equal(after.namespaces.net, inode(pid, 'net'));
    assert.equal(after.namespaces.user, before.namespaces.user);
    child.kill('SIGKILL');
    await once(child, 'exit');
    const gone = await scanMachine();
    assert.ok(!gone.processes.some((each) => each.pid === pid));
    assert.ok(!gone.namespaces.some(({ id }) => id === after.namespaces.net));
  });

  it('sees that a process has another parent, though it has not run', async () => {
    const shell = await scanned.shell(['env'], 'sh -c "sleep infinity & wait" &');
    const parent = await eventually(() => childrenOf(shell)[0], 'the parent');
    const child = await eventually(() => childrenOf(parent)[0], 'the child');
    assert.equal(processOf(await scanMachine(), child).parent, parent);
    process.kill(parent, 'SIGKILL');
    await eventually(() => readStatus(child)?.parent !== parent, 'another parent');
    const { parent: now } = processOf(await scanMachine(), child);
    assert.equal(now, readStatus(child)?.parent);
  });

  it('sees maps that somebody else has written', async () => {
    const pid = await scanned.shell(['unshare', '-U']);
    const map = { inside: 5, outside: process.geteuid?.(), length: 1 };
    assert.equal(namespaceOf(await scanMachine(), inode(pid, 'user')).uidMap, undefined);
    fs.writeFileSync(`/proc/${pid}/uid_map`, `${map.inside} ${map.outside} ${map.length}\n`);
    assert.deepEqual(namespaceOf(await scanMachine(), inode(pid, 'user')).uidMap, [map]);
  });
});

function childrenOf(pid: number): number[] {
  const { stdout } = spawnSync('ps', ['-o', 'pid=', '--ppid', String(pid)], { encoding: 'utf8' });
  return stdout.split('\n').filter(Boolean).map(Number);
}

/** Without what is different each time: this process's own threads come and go. */
function facts({ namespaces, processes }: MachineSnapshot): unknown {
  const stays = ({ pid }: { pid: number }): boolean => pid !== process.pid;
  return {
    namespaces: namespaces.map(({ threadCount, ...rest }) => ({ ...rest, hasThreads: threadCount > 0 })),
    processes: processes.filter(stays),
  };
}

/** Processes of others may begin and end between two looks: once is enough. */
async function eventuallyEqual(look: () => Promise<[unknown, unknown]>): Promise<void> {
  for (let left = 20; ; left--) {
    const [a, b] = await look();
    try {
      assert.deepEqual(a, b);
      return;
    } catch (error) {
      if (left === 0) throw error;
    }
  }
}
