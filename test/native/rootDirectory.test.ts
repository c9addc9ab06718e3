import * as assert from 'node:assert/strict';
import * as childProcess from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import type { TerminalInfo } from '../../src/runtime/runtime';
import { all, partsOf } from './profileSupport';
import { after, opens } from './refusing';
import { request, TestRuntime } from './support';

describe('a profile’s root directory', () => {
  const runtime = new TestRuntime();
  const { inside, refused } = partsOf(runtime);
  let folder: string;

  beforeEach(() => (folder = fs.mkdtempSync(path.join(os.tmpdir(), 'anton-'))));
  afterEach(async () => {
    await runtime.closeAll();
    fs.rmSync(folder, { recursive: true, force: true });
  });

  for (const access of ['read-only', 'writable', 'temporary'] as const) {
    it(`${access}: the folder is /, with /proc, /dev and a devpts of its own`, async () => {
      makeRoot(folder);
      const script =
        'pwd; ls -d /marker /home 2>/dev/null; ls /dev | tr "\\n" " "; echo; cat /proc/1/comm; (echo x > /new) 2>/dev/null && echo written; echo y > /dev/null && echo null; tty';
      const lines = await inside({ root: { path: folder, access } }, script);
      assert.equal(lines[0], '/');
      assert.equal(lines[1], '/marker');
      assert.ok(!lines.includes('/home'));
      assert.match(
        lines.join('\n'),
        /^anton console fd full null ptmx pts random shm stderr stdin stdout tty urandom zero/m,
      );
      assert.equal(lines.includes('written'), access !== 'read-only');
      assert.ok(lines.includes('null'));
      assert.equal(fs.existsSync(path.join(folder, 'new')), access === 'writable');
      assert.equal(lines.at(-1), '/dev/console');
    });
  }

  it('temporary: a folder with mounts below it is refused, because they cover what an overlay would show', async () => {
    const failure = await refused({ root: { path: '/', access: 'temporary' } });
    assert.deepEqual([failure.step, failure.code], ['mount_overlay', 'EINVAL']);
  });

  it('temporary: what is mounted inside may be a link into any folder of the host', async function () {
    if (process.geteuid?.() !== 0) this.skip();
    makeRoot(folder);
    const elsewhere = fs.mkdtempSync('/run/anton-');
    const link = path.join(folder, 'link');
    try {
      fs.writeFileSync(path.join(elsewhere, 'file'), 'linked');
      fs.symlinkSync(path.join(elsewhere, 'file'), link);
      const binds = [{ source: link, target: '/bound', writable: false }];
      const root = { path: folder, access: 'temporary' as const };
      assert.deepEqual(await inside({ root, binds }, 'cat /bound'), ['linked']);
    } finally {
      fs.rmSync(elsewhere, { recursive: true });
    }
  });

  it('read-only: nor can what is mounted below the folder be changed', () => {
    const command = ['sh', '-c', '! touch /media/new'];
    return opens(
      after('mount -t tmpfs none /media', '-m'),
      'nothing',
      0,
      { root: { path: '/', access: 'read-only' } },
      { command },
    );
  });

  it('nothing of the host is left to reach', async () => {
    makeRoot(folder);
    const lines = await inside(
      { root: { path: folder, access: 'writable' } },
      'for d in /proc/[0-9]*/root /proc/[0-9]*/cwd; do ls -d $d/marker >/dev/null 2>&1 || echo reaches $d; done; ls -l /proc/$$/fd | grep -c -v -E "(/dev/console|pts|total|/proc/)"; grep -c . /proc/self/mountinfo; echo end',
    );
    assert.deepEqual(
      lines.filter((line) => line.startsWith('reaches')),
      [],
    );
    assert.equal(lines.at(-1), 'end');
  });

  it('a shell that joins sees the same root', async () => {
    makeRoot(folder);
    const profile = { ...all, root: { path: folder, access: 'read-only' as const } };
    const host = await runtime.open(request('plain', { profile, command: ['/bin/sh'] }));
    const joined = await runtime.run('plain', ['/bin/sh', '-c', 'ls -d /marker; ls -d /home || echo none'], {
      profile,
      join: { terminal: host.id },
    });
    assert.match(joined.output, /^\/marker\r\n/);
    assert.match(joined.output, /none\r\n$/);
  });

  it('a folder that is not there is refused by its name', async () => {
    const failure = await refused({ root: { path: path.join(folder, 'missing'), access: 'writable' } });
    assert.deepEqual([failure.step, failure.code], ['root_directory', 'ENOENT']);
  });

  it('the shell of the person falls back to /bin/sh, with its prompt', async () => {
    makeRoot(folder);
    const profile = { ...all, root: { path: folder, access: 'read-only' as const } };
    const info: TerminalInfo = await runtime.shell('anton', { profile, shell: '/usr/bin/some-shell' });
    assert.equal(await runtime.type(info, 'echo $$'), '1');
  });
});

/** A root directory of what the host has: /bin/sh, ls and the like, with their libraries, bound by copies. */
function makeRoot(folder: string): void {
  fs.writeFileSync(path.join(folder, 'marker'), '');
  fs.mkdirSync(path.join(folder, 'bin'));
  for (const name of ['sh', 'ls', 'cat', 'tr', 'tty', 'grep']) copyWithLibraries(`/bin/${name}`, folder);
}

function copyWithLibraries(file: string, root: string): void {
  fs.copyFileSync(fs.realpathSync(file), path.join(root, file));
  fs.chmodSync(path.join(root, file), 0o755);
  const { stdout } = childProcess.spawnSync('ldd', [file], { encoding: 'utf8' });
  for (const [library] of stdout.matchAll(/\/\S+/g)) {
    const target = path.join(root, library);
    if (fs.existsSync(target)) continue;
    fs.mkdirSync(path.dirname(target), { recursive: true });
    fs.copyFileSync(fs.realpathSync(library), target);
    fs.chmodSync(target, 0o755);
  }
}
