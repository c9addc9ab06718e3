import * as assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import { namespaceKinds, type NamespaceKind } from '../../src/kernel/kinds';
import { readIdMap, readNamespaces, readStatus } from '../../src/kernel/proc';
import { readStat } from '../../src/kernel/processStat';
import { toLsnsJson, type LsnsRow } from '../../src/inspect/lsnsJson';
import type { MachineProcess, MachineSnapshot } from '../../src/inspect/snapshot';
import { scanMachine } from '../scanMachine';
import { Scanned } from './scanned';

type Fields = Partial<LsnsRow>;

/** What `lsns -J` prints, by namespace; -l, so that none is inside another. */
function lsns(columns: readonly string[]): Map<number, Fields> {
  const output = execFileSync('lsns', ['-J', '-l', '-o', columns.join(',')], { encoding: 'utf8' });
  const { namespaces } = JSON.parse(output) as { namespaces: Fields[] };
  return new Map(namespaces.map((row) => [row.ns ?? 0, row]));
}

/** Names as lsns knows them, from the same file. */
function userName(uid: number): string | undefined {
  const line = fs
    .readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((each) => each.split(':')[2] === String(uid));
  return line?.split(':')[0];
}

/** What both scans, before and after, found to be the same: the machine has other users, who do not wait for us. */
async function stable<T>(
  facts: (snapshot: MachineSnapshot) => ReadonlyMap<number, T>,
  between: () => void,
): Promise<{ same: Map<number, T>; before: MachineSnapshot; after: MachineSnapshot }> {
  const before = await scanMachine();
  between();
  const after = await scanMachine();
  const earlier = facts(before);
  const same = new Map(
    [...facts(after)].filter(([key, value]) => JSON.stringify(value) === JSON.stringify(earlier.get(key))),
  );
  return { same, before, after };
}

/** The scan against who reads the same from the kernel in another way. */
describe('a scan of the machine agrees', () => {
  const scanned = new Scanned();

  beforeEach(async () => {
    await scanned.shell(['unshare', '-UrmuinpCT', '-f', '--mount-proc', '--kill-child']);
    await scanned.shell(['unshare', '-Ur', 'unshare', '-Urn']);
    await scanned.shell(['unshare', '-U']);
  });
  afterEach(() => scanned.stop());

  it('with lsns', async () => {
    let theirs = new Map<number, Fields>();
    const columns = 'NS,TYPE,PATH,NPROCS,PID,PPID,COMMAND,UID,USER,PNS,ONS'.split(',');
    const rows = (snapshot: MachineSnapshot): Map<number, LsnsRow> =>
      new Map(toLsnsJson(snapshot, userName).namespaces.map((row) => [row.ns, row]));
    const { same, before, after } = await stable(rows, () => (theirs = lsns(columns)));
    const own = new Set<number>(Object.values(after.own));
    let compared = 0;
    for (const [id, row] of same) {
      // lsns finds no namespace by a descriptor before 2.41, and none by a thread.
      if (row.pid === null) continue;
      const expected = { ...theirs.get(id) };
      // It is in our own namespaces itself.
      if (own.has(id) && expected.nprocs !== undefined) expected.nprocs = expected.nprocs - 1;
      const { nsfs, ...fields } = row;
      assert.equal(nsfs, null);
      assert.deepEqual(fields, expected);
      compared++;
    }
    // Ours, and those of the three shells.
    assert.ok(compared >= own.size + 8 + 2 + 1, `${compared} namespaces were compared`);
    const ours = new Set([...rows(before).keys(), ...rows(after).keys()]);
    const isLasting = (row: Fields): boolean => row.pid == null || isAlive(row.pid);
    const missing = [...theirs].filter(([id, row]) => !ours.has(id) && isLasting(row));
    assert.deepEqual(missing, []);
  });

  it('with what /proc says of each process', async () => {
    const read = new Map<number, object>();
    const facts = (snapshot: MachineSnapshot): Map<number, MachineProcess> =>
      new Map(snapshot.processes.map((process) => [process.pid, process]));
    const { same, after } = await stable(facts, () => {
      for (const name of fs.readdirSync('/proc'))
        if (/^\d+$/.test(name)) read.set(Number(name), readFacts(Number(name)));
    });
    let compared = 0;
    for (const [pid, process] of same) {
      const { threadCount, ...facts } = process;
      assert.ok(threadCount > 0);
      assert.deepEqual(facts, read.get(pid), `process ${pid}`);
      compared++;
    }
    assert.ok(compared >= 5, `${compared} processes were compared`);
    const hidden = after.processes.filter(({ isHidden }) => isHidden);
    assert.equal(after.limits.hiddenProcesses, hidden.length);
    // As an ordinary user: init at least.
    if (process.geteuid?.() !== 0) assert.ok(hidden.length > 0);
  });

  it('with the maps of each user namespace', async () => {
    const { namespaces } = await scanMachine();
    const seen = namespaces.filter(({ kind, firstPid }) => kind === 'user' && isAlive(firstPid ?? 0));
    for (const { firstPid = 0, uidMap, gidMap } of seen) {
      assert.deepEqual(uidMap ?? [], readIdMap(firstPid, 'uid_map'));
      assert.deepEqual(gidMap ?? [], readIdMap(firstPid, 'gid_map'));
    }
    assert.ok(seen.length >= 4);
  });
});

function isAlive(pid: number): boolean {
  return fs.existsSync(`/proc/${pid}`);
}

/** As the scan has it, but for the number of threads, by the parsers that read one process. */
function readFacts(pid: number): object {
  const status = readStatus(pid);
  const stat = readStat(pid);
  const namespaces = readNamespaces(pid);
  return {
    pid,
    parent: status?.parent,
    pidChain: status?.pidChain,
    uid: status?.uid,
    // Of the kernel's workers, stat tells what they work at.
    name: stat?.isKernelThread ? nameIn(pid) : status?.name,
    startTime: stat?.startTime,
    isZombie: stat?.isZombie,
    isKernelThread: stat?.isKernelThread,
    isHidden: isHidden(pid, 'user'),
    namespaces: Object.fromEntries(
      namespaceKinds.flatMap((kind) => (namespaces[kind] === undefined ? [] : [[kind, namespaces[kind]]])),
    ),
  };
}

function isHidden(pid: number, kind: NamespaceKind): boolean {
  try {
    fs.readlinkSync(`/proc/${pid}/ns/${kind}`);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EACCES';
  }
}

/** What is in the parentheses of stat, cut where the scan cuts it. */
function nameIn(pid: number): string {
  const stat = fs.readFileSync(`/proc/${pid}/stat`, 'latin1');
  return stat.slice(stat.indexOf('(') + 1, stat.lastIndexOf(')')).slice(0, 19);
}
