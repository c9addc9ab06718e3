import * as assert from 'node:assert/strict';
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import * as fs from 'node:fs';
import { Failure } from '../../src/kernel/failure';
import { namespaceKinds, type NamespaceKind } from '../../src/kernel/kinds';
import { readChildren, readStatus } from '../../src/kernel/proc';
import { readStat } from '../../src/kernel/processStat';
import { NativeLibrary } from '../../src/kernel/native';
import { canEnter } from '../../src/runtime/canEnter';
import type { TerminalInfo } from '../../src/runtime/runtime';
import { exists, processesWith, uniqueWord } from './processes';
import { eventually, request, TestRuntime } from './support';
import { type Traces, tracesOf } from './traces';

const uid = process.geteuid?.() ?? -1;
const isRoot = uid === 0;
const others = namespaceKinds.filter((kind) => kind !== 'user');

/** As stat(1) sees them: `stat -L /proc/PID/ns/KIND`. */
function inodes(pid: number, kinds: readonly NamespaceKind[]): Record<string, number> {
  return Object.fromEntries(kinds.map((kind) => [kind, fs.statSync(`/proc/${pid}/ns/${kind}`).ino]));
}

/** A shell in namespaces of any process that one may enter, all of them or some. */
describe('joining a process', () => {
  const runtime = new TestRuntime();
  const started = new Set<ChildProcess>();

  afterEach(async () => {
    await runtime.closeAll();
    for (const child of started) child.kill('SIGKILL');
    started.clear();
  });

  /** Runs a command that ends in `sleep infinity WORD`-like marks, and finds the process with that mark. */
  const target = async (command: readonly string[]): Promise<number> => {
    const word = uniqueWord();
    const [file = '', ...args] = command;
    const script = 'echo; read _ || sleep infinity';
    const child = spawn(file, [...args, 'sh', '-c', script, word], { stdio: ['pipe', 'ignore', 'inherit'] });
    started.add(child);
    const isSetUp = (pid: number): boolean =>
      fs.readFileSync(`/proc/${pid}/cmdline`, 'latin1').startsWith('sh\0');
    return eventually(() => processesWith(word).find(isSetUp), command.join(' '));
  };

  const unshared = (): Promise<number> =>
    target(['unshare', '-UrmuinpCT', '-f', '--mount-proc', '--kill-child']);

  const join = (
    pid: number,
    kinds?: readonly NamespaceKind[],
    command = ['sleep', 'infinity'],
  ): Promise<TerminalInfo> =>
    runtime.open(request('plain', { command, join: { pid, ...(kinds ? { kinds } : {}) } }));

  const refusal = async (pid: number, kinds?: readonly NamespaceKind[]): Promise<Failure> => {
    const before = tracesOf(process.pid);
    const error: unknown = await join(pid, kinds).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    assert.ok(error instanceof Failure, String(error));
    assertNothingNew(before);
    return error;
  };

  for (const kind of others) {
    it(`${kind}: with its user namespace${isRoot ? ', or by itself' : ''}, and no other`, async () => {
      const pid = await unshared();
      for (const kinds of isRoot ? [[kind], ['user', kind] as const] : [['user', kind] as const]) {
        const info = await join(pid, kinds);
        // anton-enter takes the last steps of a way into a time namespace.
        const entered = (): boolean => fs.readFileSync(`/proc/${info.pid}/comm`, 'latin1') === 'sleep\n';
        await eventually(entered, 'the program');
        const rest = namespaceKinds.filter((each) => !(kinds as readonly string[]).includes(each));
        assert.deepEqual(inodes(info.pid, kinds), inodes(pid, kinds));
        assert.deepEqual(inodes(info.pid, rest), inodes(process.pid, rest));
        assert.deepEqual([...(info.entered?.kinds ?? [])].sort(), [...kinds].sort());
      }
    });
  }

  it('user: alone', async () => {
    const pid = await unshared();
    const info = await join(pid, ['user']);
    assert.deepEqual(inodes(info.pid, ['user']), inodes(pid, ['user']));
    assert.deepEqual(inodes(info.pid, others), inodes(process.pid, others));
  });

  it('all: it is in the same eight, and root inside as the process is', async () => {
    const pid = await unshared();
    const info = await runtime.shell('plain', { join: { pid } });
    assert.deepEqual(inodes(info.pid, namespaceKinds), inodes(pid, namespaceKinds));
    assert.equal(await runtime.type(info, 'id -u'), '0');
    assert.equal(await runtime.type(info, 'echo $$'), String(info.pids[1]));
    assert.deepEqual(info.pids, readStatus(info.pid)?.pidChain);
  });

  it('time: also for whoever is not root inside', async () => {
    const pid = await target(['unshare', '--map-current-user', '-UuT']);
    const info = await runtime.shell('plain', { join: { pid, kinds: ['user', 'uts', 'time'] } });
    assert.deepEqual(inodes(info.pid, ['user', 'uts', 'time']), inodes(pid, ['user', 'uts', 'time']));
    assert.equal(await runtime.type(info, 'id -u'), String(uid));
    const capabilities = isRoot ? /^CapAmb:\s+0+$/m : /^CapEff:\s+0+$/m;
    assert.match(fs.readFileSync(`/proc/${info.pid}/status`, 'latin1'), capabilities);
  });

  if (isRoot) {
    it('another user’s: root becomes that user outside, and keeps no group of its own', async () => {
      const groups = process.getgroups?.() ?? [];
      process.setgroups?.([0, 7]);
      const other = ['setpriv', '--reuid', '4242', '--regid', '4242', '--clear-groups'];
      for (const kinds of [
        ['user', 'net'],
        ['user', 'net', 'time'],
      ] as const) {
        const pid = await target([...other, 'unshare', '-UrnT']);
        const info = await runtime.shell('plain', { join: { pid, kinds } });
        assert.deepEqual(inodes(info.pid, kinds), inodes(pid, kinds));
        assert.equal(await runtime.type(info, 'id -u'), '0');
        const status = fs.readFileSync(`/proc/${info.pid}/status`, 'latin1');
        assert.match(status, /^Uid:\s+4242\s+4242\s+4242\s+4242$/m);
        assert.match(status, /^Groups:\s*$/m);
      }
      process.setgroups?.(groups);
    });
  }

  it('the steps name the order: the user namespace first for an ordinary user, last for root', async () => {
    const { steps } = await join(await unshared(), ['user', 'net', 'uts']);
    const call = steps.find(({ step }) => step === 'setns')?.call;
    const wanted = ['setns(CLONE_NEWUTS)', 'setns(CLONE_NEWNET)'];
    const user = 'setns(CLONE_NEWUSER)';
    assert.equal(call, `${(isRoot ? [...wanted, user] : [user, ...wanted]).join(', ')} = 0`);
  });

  it('what is the same already is left out, and the steps say so', async () => {
    const pid = await target(['unshare', '-Uru']);
    const info = await join(pid);
    assert.deepEqual(info.entered, { pid, kinds: ['user', 'uts'] });
    const left = info.steps.find(({ step }) => step === 'same_namespaces')?.call ?? '';
    assert.match(left, /CLONE_NEWPID.*CLONE_NEWNET.*left out/);
    assert.doesNotMatch(left, /CLONE_NEWUSER|CLONE_NEWUTS/);
  });

  it('its own namespaces: a shell there, and nothing to enter', async () => {
    const info = await join(process.pid);
    assert.deepEqual(info.entered?.kinds, []);
    assert.deepEqual(inodes(info.pid, namespaceKinds), inodes(process.pid, namespaceKinds));
  });

  it('bwrap: the shell is one of its files', async function () {
    if (spawnSync('bwrap', ['--version']).error) this.skip();
    const dirs = ['/usr', '/bin', '/lib', '/lib64', '/etc'].filter((each) => fs.existsSync(each));
    const pid = await target([
      'bwrap',
      '--unshare-all',
      ...dirs.flatMap((d) => ['--ro-bind', d, d]),
      '--proc',
      '/proc',
      '--die-with-parent',
    ]);
    const info = await runtime.shell('plain', { join: { pid } });
    const kinds = namespaceKinds.filter((kind) => kind !== 'time');
    assert.deepEqual(inodes(info.pid, kinds), inodes(pid, kinds));
    assert.doesNotMatch(await runtime.type(info, 'ls /'), /root|home|var/);
  });

  it('a terminal in a terminal: every PID of the chain', async () => {
    const inner = [
      'unshare',
      '-Urpf',
      '--kill-child',
      'unshare',
      '-Urpf',
      '--kill-child',
      'sleep',
      'infinity',
    ];
    const host = await runtime.open(request('pid', { command: inner }));
    const deepest = await eventually(
      () => below(host.pid).find((pid) => readStatus(pid)?.pidChain.length === 4),
      'four PIDs',
    );
    const info = await runtime.shell('plain', { join: { pid: deepest } });
    assert.equal(info.pids.length, 4);
    assert.equal(info.pids[0], info.pid);
    assert.equal(await runtime.type(info, 'echo $$'), String(info.pids[3]));
    assert.deepEqual(inodes(info.pid, namespaceKinds), inodes(deepest, namespaceKinds));
  });

  it('it ends with the PID namespace that it joined', async () => {
    const pid = await unshared();
    const info = await join(pid);
    process.kill(pid, 'SIGKILL');
    assert.deepEqual(await runtime.end(info), { signal: 'SIGKILL' });
    await eventually(() => !exists(info.root), 'the end of the guard');
  });

  it('its end leaves the process, and nothing of the shell', async () => {
    const pid = await unshared();
    const before = tracesOf(process.pid);
    const info = await join(pid);
    runtime.kill(info.id);
    await runtime.end(info);
    assert.ok(exists(pid));
    assert.ok(!exists(info.pid) && !exists(info.root));
    assertNothingNew(before);
  });

  it('a process that has ended, or never was', async () => {
    const { info } = await runtime.run('plain', ['true']);
    for (const pid of [info.pid, 4_194_305, 0, -1]) {
      const { step, code } = await refusal(pid);
      assert.deepEqual([step, code], ['join_process', 'ESRCH']);
    }
  });

  it('a thread of the kernel', async function () {
    if (!readStat(2)?.isKernelThread) this.skip();
    const { step, code } = await refusal(2);
    assert.deepEqual([step, code], ['join_process', 'EINVAL']);
  });

  it('a later process with the PID of the one that was meant', async () => {
    const pid = await unshared();
    const { library, spec } = nativeSpec(pid, (readStat(pid)?.startTime ?? 0) + 1);
    const failed = await new Promise((resolve) => library.start(spec, resolve));
    assert.deepEqual(failed, { type: 'failed', step: 'open_namespaces', code: 'ESRCH', op: undefined });
  });

  if (!isRoot) {
    it('one of another user: whose it is, and what is missing', async () => {
      const { code, message } = await refusal(1);
      assert.equal(code, 'EACCES');
      assert.match(message, /user namespace of process 1 of uid 0: CAP_SYS_PTRACE is missing/);
      assert.ok(canEnter(1).obstacles.every(({ why }) => why === 'hidden'));
    });

    it('bwrap with a /dev: its namespaces belong to a user namespace between, which nobody is in', async function () {
      if (spawnSync('bwrap', ['--version']).error) this.skip();
      const pid = await target([
        ...['bwrap', '--unshare-all', '--die-with-parent'],
        ...['--ro-bind', '/', '/', '--dev', '/dev'],
      ]);
      const { code, message } = await refusal(pid, ['user', 'net']);
      assert.equal(code, 'EPERM');
      assert.match(message, /net:\[\d+\]: CAP_SYS_ADMIN is missing/);
    });

    it('not without its user namespace: which capability is missing where, and what would help', async () => {
      const { code, message } = await refusal(await unshared(), ['net']);
      assert.equal(code, 'EPERM');
      assert.match(
        message,
        /net:\[\d+\]: CAP_SYS_ADMIN is missing in user:\[\d+\] of uid 0, which joining its user/,
      );
    });
  }
});

/** Children of earlier tests may vanish meanwhile; none may come. */
function assertNothingNew(before: Traces): void {
  const after = tracesOf(process.pid);
  assert.deepEqual(
    after.children.filter((pid) => !before.children.includes(pid)),
    [],
  );
  assert.ok(after.descriptors <= before.descriptors);
}

function below(pid: number): number[] {
  return readChildren(pid).flatMap((child) => [child, ...below(child)]);
}

function nativeSpec(pid: number, joinStart: number) {
  const spec = {
    ...{
      namespaces: 0,
      join: 0x0400_0000,
      joinPid: pid,
      joinStart,
      options: 1,
      rows: 9,
      columns: 9,
      cwd: '/',
    },
    ...{ file: '/bin/true', argv: ['true'], envp: [], ops: [] },
  };
  return { library: NativeLibrary.load(), spec };
}
