import * as assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import type { NamespaceId } from '../../src/kernel/kinds';
import { scanMachine } from '../scanMachine';
import { Helper, killHelpers } from './helper';
import { inode, namespaceOf, processOf, Scanned, scannersOf } from './scanned';

const uid = process.geteuid?.() ?? -1;
const hasBwrap = spawnSync('bwrap', ['--version']).status === 0;

/** Namespaces that are kept in all the ways in which a namespace can be kept. */
describe('a scan of the machine finds a namespace', () => {
  const scanned = new Scanned();

  afterEach(async () => {
    await scanned.stop();
    killHelpers();
  });

  it('that is kept by an open descriptor alone', async () => {
    const pid = await scanned.shell(['unshare', '-Urn']);
    const fd = fs.openSync(`/proc/${pid}/ns/net`, 'r');
    try {
      const [net, user] = [inode(pid, 'net'), inode(pid, 'user')];
      await scanned.stop();
      const snapshot = await scanMachine();
      const found = namespaceOf(snapshot, net);
      assert.equal(found.kind, 'net');
      assert.equal(found.threadCount, 0);
      assert.deepEqual(found.holders, [{ by: 'descriptor', pid: process.pid, fd }]);
      assert.equal(found.owner, user);
      const owner = namespaceOf(snapshot, user);
      assert.deepEqual(owner.holders, [{ by: 'namespace', id: net }]);
      assert.equal(owner.ownerUid, uid);
    } finally {
      fs.closeSync(fd);
    }
  });

  it('that is kept by a bind mount in another mount namespace alone', async () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'anton scan-'));
    const file = path.join(folder, 'a name\\space');
    fs.writeFileSync(file, '');
    try {
      const mount = `readlink /proc/self/ns/uts >"$0" && mount --bind /proc/self/ns/uts "$1"`;
      const id = path.join(folder, 'id');
      const pid = await scanned.shell(
        ['unshare', '-Urm'],
        `unshare -u sh -c '${mount}' '${id}' '${file}'\nsleep infinity &`,
      );
      const uts = Number(/\d+/.exec(fs.readFileSync(id, 'latin1'))?.[0]);
      const found = namespaceOf(await scanMachine(), uts as NamespaceId);
      assert.equal(found.kind, 'uts');
      assert.equal(found.threadCount, 0);
      assert.equal(found.owner, inode(pid, 'user'));
      assert.deepEqual(found.holders, [{ by: 'mount', pid, mountNamespace: inode(pid, 'mnt'), path: file }]);
    } finally {
      await scanned.stop();
      fs.rmSync(folder, { recursive: true });
    }
  });

  it('that is kept by a thread alone, and only where it looks at threads', async () => {
    const helper = new Helper('scanned', ['thread'], ['unshare', '-Ur']);
    assert.equal(await helper.next(), 0);
    const pid = helper.process.pid ?? 0;
    const snapshot = await scanMachine();
    const found = snapshot.namespaces.find(({ holders }) =>
      holders.some((holder) => holder.by === 'thread' && holder.pid === pid),
    );
    assert.equal(found?.kind, 'uts');
    assert.notEqual(found.id, inode(pid, 'uts'));
    assert.equal(found.processCount, 0);
    assert.equal(found.threadCount, 1);
    assert.equal(found.firstPid, pid);
    const [holder] = found.holders;
    const tid = holder?.by === 'thread' ? holder.tid : 0;
    assert.equal(fs.statSync(`/proc/${pid}/task/${tid}/ns/uts`).ino, found.id);
    const { threadCount } = processOf(snapshot, pid);
    assert.equal(namespaceOf(snapshot, inode(pid, 'user')).threadCount, threadCount);
    const without = await scanMachine({ threads: false });
    assert.ok(!without.namespaces.some(({ id }) => id === found.id));
  });

  it('that is kept by a socket alone, where it asks sockets', async () => {
    const helper = new Helper('scanned', ['socket'], ['unshare', '-Ur']);
    assert.equal(await helper.next(), 0);
    const pid = helper.process.pid ?? 0;
    const snapshot = await scanMachine({ sockets: true });
    const user = inode(pid, 'user');
    const kept = snapshot.namespaces.filter(({ owner, threadCount }) => owner === user && threadCount === 0);
    assert.deepEqual(
      kept.map(({ kind, holders }) => [kind, holders.map(({ by }) => by)]),
      [['net', ['socket']]],
    );
    assert.ok((await scanMachine()).limits.socketsWereSkipped);
  });

  it('that waits for the children of a process', async () => {
    const pid = await scanned.shell(['unshare', '-Urp']);
    const link = fs.readlinkSync(`/proc/${pid}/ns/pid_for_children`);
    const found = namespaceOf(await scanMachine(), Number(/\d+/.exec(link)?.[0]) as NamespaceId);
    assert.equal(found.kind, 'pid');
    assert.equal(found.parent, inode(pid, 'pid'));
    assert.deepEqual(found.holders, [{ by: 'children', pid }]);
  });

  it('three user namespaces deep, with nobody in those between', async () => {
    const command = ['unshare', '-Ur', 'unshare', '-Ur', 'unshare', '--user', '--map-user=7'];
    const pid = await scanned.shell(command);
    const snapshot = await scanMachine();
    const third = namespaceOf(snapshot, inode(pid, 'user'));
    assert.equal(third.processCount, 2);
    assert.equal(third.firstPid, pid);
    assert.deepEqual(third.uidMap, [{ inside: 7, outside: uid, length: 1 }]);
    const second = namespaceOf(snapshot, third.parent as typeof third.id);
    assert.deepEqual(second.holders, [{ by: 'namespace', id: third.id }]);
    assert.equal(second.uidMap, undefined);
    const first = namespaceOf(snapshot, second.parent as typeof third.id);
    assert.equal(first.parent, inode('self', 'user'));
    for (const each of [first, second, third]) assert.equal(each.ownerUid, uid);
  });

  it('of a container, with its processes under two PIDs, and tells the program that made it', async function () {
    if (!hasBwrap) this.skip();
    const pid = await scanned.shell([
      ...['bwrap', '--unshare-all', '--ro-bind', '/', '/', '--proc', '/proc', '--dev', '/dev'],
    ]);
    const snapshot = await scanMachine();
    const process = processOf(snapshot, pid);
    assert.deepEqual(process.pidChain, [pid, 2]);
    for (const kind of ['user', 'pid', 'mnt', 'uts', 'ipc', 'net', 'cgroup'] as const) {
      const found = namespaceOf(snapshot, inode(pid, kind));
      assert.equal(found.kind, kind);
      assert.deepEqual(found.maker, { tool: 'bwrap', name: undefined }, kind);
    }
  });
});

describe('a scan of the machine', () => {
  const scanned = new Scanned();

  afterEach(async () => {
    await scanned.stop();
    killHelpers();
  });

  it('goes on while processes begin and end', async () => {
    const busy = spawn(
      'sh',
      ['-c', 'while :; do for i in 1 2 3 4 5 6 7 8; do /bin/true & done; wait; done'],
      {
        detached: true,
      },
    );
    try {
      for (let i = 0; i < 50; i++) {
        const { processes } = await scanMachine();
        const pids = processes.map(({ pid }) => pid);
        assert.ok(pids.includes(process.pid));
        assert.deepEqual(
          pids,
          [...new Set(pids)].sort((a, b) => a - b),
        );
        for (const each of processes) assert.ok(each.pidChain[0] === each.pid && each.threadCount > 0);
      }
    } finally {
      process.kill(-(busy.pid ?? 0), 'SIGKILL');
    }
  });

  it('leaves no descriptor and no memory behind', async () => {
    await scanMachine({ sockets: true });
    const [pid = 0] = scannersOf(process.pid);
    const open = (who: number): number => fs.readdirSync(`/proc/${who}/fd`).length;
    const resident = (): number =>
      Number(/^VmRSS:\s+(\d+)/m.exec(fs.readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
    const before = [open(process.pid), open(pid), resident()] as const;
    for (let i = 0; i < 50; i++) await scanMachine({ sockets: true });
    // Descriptors of earlier tests may be closed meanwhile.
    assert.ok(open(process.pid) <= before[0], `${before[0]} descriptors became ${open(process.pid)}`);
    assert.equal(open(pid), before[1]);
    assert.ok(resident() < before[2] + 1024, `${before[2]} KiB became ${resident()}`);
  });

  it('says that /proc hides processes, and that it sees one PID namespace only', async () => {
    const script = 'mount -o remount,hidepid=2 /proc && exec "$@"';
    const helper = new Helper(
      'scanned',
      ['report'],
      [...['unshare', '-Urpf', '--kill-child', '--mount-proc', 'sh', '-c', script, 'sh']],
    );
    const { limits, pids } = await helper.next<{
      limits: { hidepid: string; isInPidNamespace: boolean };
      pids: number[];
    }>();
    assert.equal(limits.hidepid, 'invisible');
    assert.equal(limits.isInPidNamespace, true);
    assert.deepEqual(pids, [1]);
    assert.equal((await scanMachine()).limits.hidepid, 'off');
  });
});
