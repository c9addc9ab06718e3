import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { Failure } from '../../src/kernel/failure';
import { readNamespaces } from '../../src/kernel/proc';
import type { Profile } from '../../src/runtime/profile';
import { all, partsOf } from './profileSupport';
import { request, sleep, TestRuntime } from './support';

const uid = process.geteuid?.() ?? -1;

/** Each part of a profile does in the kernel what it says. */
describe('the parts of a profile', () => {
  const runtime = new TestRuntime();
  let folder: string;

  beforeEach(() => (folder = fs.mkdtempSync(path.join(os.tmpdir(), 'anton-'))));
  afterEach(async () => {
    await runtime.closeAll();
    fs.rmSync(folder, { recursive: true, force: true });
  });

  const { inside, refused } = partsOf(runtime);

  it('net: lo is up and is the only interface', async () => {
    const lines = await inside(
      {},
      'tail -n +3 /proc/net/dev | cut -d: -f1; cat /sys/class/net/lo/operstate 2>/dev/null; grep -c 127.0.0.1 /proc/net/fib_trie',
    );
    assert.equal(lines[0]?.trim(), 'lo');
    assert.equal(lines.filter((line) => /^\s*(eth|en|wl|tap|docker)/.test(line)).length, 0);
    assert.notEqual(lines.at(-1), '0');
  });

  it('time: the clocks are moved by the offsets, also backwards and by half a second', async () => {
    const up = Number(fs.readFileSync('/proc/uptime', 'utf8').split(' ')[0]);
    const [ahead] = await inside(
      { timeOffsets: { monotonic: 0, boottime: 86400 } },
      'cut -d" " -f1 /proc/uptime',
    );
    assert.ok(Math.abs(Number(ahead) - up - 86400) < 60, ahead);
    const [text] = await inside(
      { timeOffsets: { monotonic: -0.5, boottime: 1.25 } },
      'tr -s " " < /proc/self/timens_offsets | tr "\\n" " "',
    );
    assert.match(text ?? '', /monotonic -1 500000000 boottime 1 250000000/);
  });

  it('cgroup: its own cgroup is the root of all', async () => {
    const [line] = await inside({}, 'grep ^0:: /proc/self/cgroup');
    assert.equal(line, '0::/');
  });

  it('map same: the person is the same inside', async () => {
    const [id, map] = await inside({ map: 'same' }, 'id -u; tr -s " " < /proc/self/uid_map');
    assert.equal(id, String(uid));
    assert.equal(map?.trim(), `${uid} ${uid} 1`);
  });

  it('no_new_privs and dropped capabilities are those of the program, and of what joins', async () => {
    const parts: Partial<Profile> = {
      noNewPrivileges: true,
      dropCapabilities: ['CAP_NET_RAW', 'CAP_SYS_ADMIN'],
    };
    const script = 'grep -E "^(NoNewPrivs|CapBnd|CapEff):" /proc/self/status';
    const check = (lines: readonly string[]): void => {
      const value = (name: string): string =>
        lines.find((line) => line.startsWith(name))?.split(/\s+/)[1] ?? '';
      assert.equal(value('NoNewPrivs'), '1');
      for (const set of ['CapBnd', 'CapEff']) {
        const bits = BigInt(`0x${value(set)}`);
        assert.equal((bits >> 13n) & 1n, 0n, set);
        assert.equal((bits >> 21n) & 1n, 0n, set);
        assert.equal((bits >> 0n) & 1n, 1n, set);
      }
    };
    check(await inside(parts, script));
    const host = await runtime.open(request('plain', { profile: { ...all, ...parts }, command: ['cat'] }));
    const joined = await runtime.run('plain', ['/bin/sh', '-c', script], {
      profile: host.profile,
      join: { terminal: host.id },
    });
    assert.match(joined.output, /NoNewPrivs/);
    check(joined.output.trim().split('\r\n'));
  });

  it('dropCapabilities ALL leaves none', async () => {
    const [line] = await inside({ dropCapabilities: ['ALL'] }, 'grep ^CapEff: /proc/self/status');
    assert.match(line ?? '', /0000000000000000$/);
  });

  describe('init', () => {
    it('is process 1, and the program its child', async () => {
      const lines = await inside({ init: true }, 'echo $$ $PPID; cat /proc/1/comm; ps -o tty= -p $$');
      assert.equal(lines[0], '2 1');
      assert.notEqual(lines[2], '?');
    });

    it('hands on the exit code', async () => {
      const profile = { ...all, init: true };
      const { end } = await runtime.run('plain', ['/bin/sh', '-c', 'exit 7'], { profile });
      assert.deepEqual(end, { code: 7 });
    });

    it('says 128 + n for a signal', async () => {
      const profile = { ...all, init: true };
      const { end } = await runtime.run('plain', ['/bin/sh', '-c', 'kill -9 $$'], { profile });
      assert.deepEqual(end, { code: 137 });
    });

    it('reaps orphans', async () => {
      const [count] = await inside(
        { init: true },
        '(sh -c "sleep 0.05 & exec true" &) ; sleep 0.3; ps -e -o stat= | grep -c ^Z',
      ).catch(() => ['0']);
      assert.equal(count, '0');
    });

    it('hands a signal on to the program', async () => {
      const profile = { ...all, init: true };
      const info = await runtime.open(
        request('plain', {
          profile,
          command: ['/bin/sh', '-c', 'trap "exit 9" TERM; echo ready; while :; do sleep 0.05; done'],
        }),
      );
      await runtime.waitFor(info, /ready/);
      process.kill(info.pid, 'SIGTERM');
      assert.deepEqual(await runtime.end(info), { code: 9 });
    });

    it('a program that cannot be executed is refused as without init', async () => {
      const file = path.join(folder, 'no-program');
      fs.writeFileSync(file, '\0\0', { mode: 0o755 });
      const error: unknown = await runtime
        .open(request('plain', { profile: { ...all, init: true }, command: [file] }))
        .catch((reason: unknown) => reason);
      assert.ok(error instanceof Failure, String(error));
      assert.deepEqual([error.step, error.code], ['execve', 'ENOEXEC']);
    });

    it('gives the shell job control', async () => {
      const info = await runtime.shell('anton', { profile: { ...all, init: true } });
      runtime.write(info.id, 'sleep 100\r');
      await sleep(200);
      runtime.write(info.id, '\x03');
      await runtime.waitFor(info, /\^C\n*anton> $/);
      assert.match(await runtime.type(info, 'echo $?'), /130$/);
    });
  });

  describe('binds', () => {
    it('a folder, writable and read-only', async () => {
      fs.writeFileSync(path.join(folder, 'f'), 'seen');
      const target = path.join(folder, 'new', 'deep');
      const bind = { source: folder, target: '/mnt' };
      assert.ok(target);
      const lines = await inside(
        { binds: [{ ...bind, writable: true }] },
        'cat /mnt/f; echo; echo w > /mnt/g; cat /mnt/g',
      );
      assert.deepEqual(lines, ['seen', 'w']);
      const [no] = await inside(
        { binds: [{ ...bind, writable: false }] },
        '(echo w > /mnt/h) 2>/dev/null || echo read-only',
      );
      assert.equal(no, 'read-only');
      assert.equal(fs.existsSync(path.join(folder, 'h')), false);
    });

    it('a source that is not there is refused by its name', async () => {
      const source = path.join(folder, 'missing');
      const failure = await refused({ binds: [{ source, target: '/mnt', writable: true }] });
      assert.deepEqual([failure.step, failure.code, failure.subject], ['bind', 'ENOENT', source]);
    });

    it('nothing of it is seen outside', () => {
      assert.equal(
        fs
          .readFileSync('/proc/self/mounts', 'utf8')
          .replace(/anton-student\S*/g, '')
          .includes('anton-'),
        false,
      );
    });
  });

  it('joining enters all eight kinds, time too', async () => {
    const host = await runtime.open(request('plain', { profile: all, command: ['cat'] }));
    const joined = await runtime.open(
      request('plain', { profile: all, join: { terminal: host.id }, command: ['cat'] }),
    );
    await sleep(200);
    assert.deepEqual(readNamespaces(joined.pid), readNamespaces(host.pid));
  });

  it('environment: first what is dropped goes, then what is added comes', async () => {
    const env = { PATH: process.env['PATH'] ?? '', VSCODE_A: '1', VSCODE_B: '2', KEEP: 'k' };
    const profile = { ...all, env: { drop: ['VSCODE_*'], add: { VSCODE_B: 'own' } } };
    const { output } = await runtime.run('plain', ['/bin/sh', '-c', 'echo $VSCODE_A-$VSCODE_B-$KEEP'], {
      profile,
      env,
    });
    assert.equal(output, '-own-k\r\n');
  });
});
