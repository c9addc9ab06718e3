import * as assert from 'node:assert/strict';
import { spawn, spawnSync, type SpawnSyncReturns } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { readForeground } from '../../src/kernel/foreground';
import { nativeFolder } from '../../src/kernel/native';
import { builtInProfiles } from '../../src/runtime/profiles';
import { eventually, request, sleep, TestRuntime } from './support';

const anton = path.join(nativeFolder(), 'anton');
const uid = process.geteuid?.() ?? -1;
const isRoot = uid === 0;

/** The article's program, as a person types it. */
describe('the command anton', () => {
  it('runs a program as process 1, root inside and yourself outside', () => {
    const { stdout, status } = run(['sh', '-c', 'echo $$; id -u; cat /proc/self/uid_map']);
    assert.equal(status, 0);
    assert.match(stdout, new RegExp(`^1\\n0\\n\\s+0\\s+${uid}\\s+1\\n$`));
  });

  it('is static, and so the same on every Linux', () => {
    const { stdout } = spawnSync('readelf', ['-d', anton], { encoding: 'utf8' });
    assert.doesNotMatch(stdout, /NEEDED/);
  });

  it('hands on all 256 exit codes', () => {
    for (let code = 0; code < 256; code++) assert.equal(run(['sh', '-c', `exit ${code}`]).status, code);
  });

  for (const signal of ['HUP', 'INT', 'ABRT', 'KILL', 'TERM', 'USR1'] as const) {
    it(`128 + n for a program that SIG${signal} killed`, () => {
      const { status } = run(['-U', 'sh', '-c', `kill -${signal} $$`]);
      assert.equal(status, 128 + os.constants.signals[`SIG${signal}`]);
    });
  }

  it('127 for a program that is not there, 126 for one that is none, 125 for wrong options', () => {
    assert.equal(run(['no-such-program']).status, 127);
    assert.equal(run(['/etc/passwd']).status, 126);
    assert.equal(run(['--no-such-option', 'true']).status, 125);
    assert.equal(run([]).status, 125);
    assert.equal(run(['--profile', 'none', 'true']).status, 125);
    assert.equal(run(['--boottime', 'soon', 'true']).status, 125);
  });

  it('-- ends the options, and a program’s own are not Anton’s', () => {
    assert.equal(run(['--', 'printf', '%s', '--help']).stdout, '--help');
    assert.equal(run(['echo', '-p', '--user']).stdout, '-p --user\n');
  });

  it('--help fits a screen of 80 columns', () => {
    const { stdout, status } = run(['--help']);
    const lines = stdout.trimEnd().split('\n');
    assert.equal(status, 0);
    assert.ok(lines.length <= 30, `${lines.length} lines`);
    for (const line of lines) assert.ok(line.length <= 80, line);
  });

  for (const [name, { namespaces }] of Object.entries(builtInProfiles)) {
    it(`--profile ${name} makes what the editor makes`, () => {
      const kinds = ['user', 'pid', 'mnt', 'uts', 'ipc', 'net', 'cgroup', 'time'];
      const files = kinds.map((kind) => `/proc/self/ns/${kind}`);
      const { stdout, status, stderr } = run(['--profile', name, 'readlink', ...files]);
      assert.equal(status, 0, stderr);
      const inside = stdout.trim().split('\n');
      const own = kinds.filter((_, i) => inside[i] !== fs.readlinkSync(files[i] ?? ''));
      assert.deepEqual(own, namespaces);
    });
  }

  it('the options do what unshare(1) does by them', () => {
    assert.equal(run(['-r', '--hostname', 'lab', 'hostname']).stdout, 'lab\n');
    assert.match(run(['-r', '--mount-proc', 'cat', '/proc/1/comm']).stdout, /^cat\n$/);
    assert.equal(run(['-c', 'id', '-u']).stdout, `${uid}\n`);
    assert.equal(run(['-U', 'id', '-u']).stdout, '65534\n');
    assert.equal(run(['-w', '/usr', 'pwd']).stdout, '/usr\n');
    const ahead = Number(run(['-r', '--boottime', '86400', 'cat', '/proc/uptime']).stdout.split(' ')[0]);
    assert.ok(Math.abs(ahead - os.uptime() - 86400) < 60);
  });

  it('--root makes a folder the root directory', () => {
    const root = fs.mkdtempSync(path.join(os.tmpdir(), 'anton-'));
    fs.copyFileSync(anton, path.join(root, 'anton'));
    fs.chmodSync(path.join(root, 'anton'), 0o755);
    const { stdout, stderr } = run(['-r', '--root', root, '/anton', '--help']);
    assert.match(stdout, /^Usage/, stderr);
    fs.rmSync(root, { recursive: true });
  });

  it('runs inside of itself, three deep', () => {
    const { stdout, stderr } = run([anton, anton, 'sh', '-c', 'echo $$; cat /proc/self/uid_map']);
    assert.match(stdout, /^1\n\s+0\s+0\s+1\n$/, stderr);
  });

  if (!isRoot) {
    it('without a user namespace an ordinary user is told what is missing', () => {
      const { status, stderr } = run(['--pid', 'true']);
      assert.equal(status, 125);
      assert.match(stderr, /Operation not permitted[\s\S]*--map-root-user/);
    });
  }

  it('a signal ends a program that is process 1 and does not catch it', async () => {
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
      const child = spawn(anton, ['sleep', '100']);
      await sleep(150);
      child.kill(signal);
      const code = await new Promise((resolve) => child.once('exit', resolve));
      assert.equal(code, 128 + os.constants.signals[signal], signal);
    }
  });

  it('hands a signal on to a program that catches it', async () => {
    const child = spawn(anton, ['sh', '-c', 'trap "exit 9" TERM; echo ready; while :; do sleep 0.05; done']);
    await new Promise((resolve) => child.stdout.once('data', resolve));
    child.kill('SIGTERM');
    assert.equal(await new Promise((resolve) => child.once('exit', resolve)), 9);
  });

  it('sees the end of its program although whoever started it ignores SIGCHLD', () => {
    const args = ['--ignore-signal=CHLD', anton, 'sh', '-c', 'exit 7'];
    assert.equal(spawnSync('env', args, { timeout: 5000, killSignal: 'SIGKILL' }).status, 7);
  });

  it('leaves nothing behind when it is killed itself', async () => {
    const child = spawn(anton, ['sleep', '4321']);
    const inside = await eventually(() => childOf(child.pid ?? 0), 'the program');
    child.kill('SIGKILL');
    await eventually(() => !fs.existsSync(`/proc/${inside}`), 'its end');
  });

  describe('typed into a terminal', () => {
    const runtime = new TestRuntime();
    afterEach(() => runtime.closeAll());

    for (const profile of ['plain', 'anton'] as const) {
      it(`${profile}: a shell in it, and back`, async () => {
        const info = await runtime.shell(profile, { shell: '/bin/bash' });
        runtime.write(info.id, `${anton} /bin/sh\r`);
        const atPrompt = async (line: string): Promise<void> => {
          await runtime.waitFor(info, /\n[#$] $/);
          runtime.write(info.id, line);
        };
        await atPrompt('echo pid $$\r');
        await runtime.waitFor(info, /\npid 1\n/);
        await atPrompt('sleep 100\r');
        await eventually(() => readForeground(info.pid)?.program === 'sleep', 'sleep');
        runtime.write(info.id, '\x03');
        await runtime.waitFor(info, /\^C\n*[#$] $/);
        await atPrompt('echo status $?\r');
        await runtime.waitFor(info, /\nstatus 130\n/);
        await atPrompt('exit 3\r');
        await runtime.waitFor(info, /exit 3\nanton> $/);
        assert.equal(await runtime.type(info, 'echo $?'), '3');
      });
    }

    it('Ctrl-C ends a program that is process 1, Ctrl-Z stops it and fg goes on', async () => {
      const info = await runtime.shell('plain', { shell: '/bin/bash' });
      runtime.write(info.id, `${anton} sleep 100\r`);
      await sleep(300);
      runtime.write(info.id, '\x1a');
      await runtime.waitFor(info, /Stopped[\s\S]*anton> $/);
      runtime.write(info.id, 'fg\r');
      await sleep(300);
      runtime.write(info.id, '\x03');
      await runtime.waitFor(info, /\^C\n*anton> $/);
      assert.equal(await runtime.type(info, 'echo $?'), '130');
    });
  });
});

function run(args: readonly string[]): SpawnSyncReturns<string> {
  return spawnSync(anton, args, { encoding: 'utf8', env: request('plain').env });
}

function childOf(pid: number): number | undefined {
  const text = fs.readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim();
  return text === '' ? undefined : Number(text);
}
