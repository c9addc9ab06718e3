import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { readNamespaces } from '../../src/kernel/proc';
import { namespaceKinds } from '../../src/kernel/kinds';
import type { ProfileName } from '../../src/runtime/profiles';
import { TestRuntime } from './support';

const uid = process.geteuid?.() ?? -1;
const gid = process.getegid?.() ?? -1;
const otherGroups = (process.getgroups?.() ?? []).some((group) => group !== gid);

/** What the article shows, step by step. */
describe("the article's steps", () => {
  const runtime = new TestRuntime();
  const own: Record<ProfileName, readonly string[]> = {
    plain: [],
    user: ['user'],
    root: ['user'],
    pid: ['user', 'pid'],
    anton: ['user', 'pid', 'mnt', 'uts', 'ipc'],
    all: namespaceKinds,
  };

  for (const profile of Object.keys(own) as ProfileName[]) {
    it(`${profile}: exactly ${own[profile].join(', ') || 'none'} of the namespaces are its own`, async () => {
      const info = await runtime.shell(profile);
      const host = readNamespaces('self');
      const inside = readNamespaces(info.pid);
      const different = namespaceKinds.filter((kind) => inside[kind] !== host[kind]);
      assert.deepEqual(different, own[profile]);
      const seenInside = await runtime.type(
        info,
        `stat -Lc %i ${namespaceKinds.map((k) => `/proc/${profile === 'pid' ? info.pid : '$$'}/ns/${k}`).join(' ')}`,
      );
      assert.deepEqual(
        seenInside.split('\n').map(Number),
        namespaceKinds.map((kind) => inside[kind]),
      );
      await runtime.close(info.id);
    });
  }

  it('plain: the user and the host name are the host’s', async () => {
    const { output } = await runtime.run('plain', ['sh', '-c', 'id -u; hostname']);
    assert.equal(output, `${uid}\r\n${os.hostname()}\r\n`);
  });

  it('user: without a mapping everyone is nobody', async () => {
    const info = await runtime.shell('user');
    assert.match(await runtime.type(info, 'id'), /^uid=65534\(nobody\) gid=65534\(nogroup\)/);
    assert.equal(await runtime.type(info, 'whoami'), 'nobody');
    assert.equal(await runtime.type(info, 'cat /proc/self/uid_map'), '');
    await runtime.close(info.id);
  });

  for (const profile of ['user', 'root', 'anton'] as const) {
    it(`${profile}: a file made inside belongs to the real user outside`, async () => {
      const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'anton-'));
      const { output } = await runtime.run(profile, ['sh', '-c', 'touch f && stat -c %u:%g f'], {
        cwd: folder,
      });
      assert.equal(output, profile === 'user' ? '65534:65534\r\n' : '0:0\r\n');
      const made = fs.statSync(path.join(folder, 'f'));
      assert.deepEqual([made.uid, made.gid], [uid, gid]);
      fs.rmSync(folder, { recursive: true });
    });
  }

  for (const profile of ['root', 'pid', 'anton'] as const) {
    it(`${profile}: root inside, yourself outside`, async () => {
      const info = await runtime.shell(profile);
      const groups = otherGroups ? '0(root),65534(nogroup)' : '0(root)';
      assert.ok(
        [
          `uid=0(root) gid=0(root) groups=${groups}`,
          'uid=0(root) gid=0(root) groups=65534(nogroup)',
        ].includes((await runtime.type(info, 'id')).trim()),
      );
      assert.match(await runtime.type(info, 'cat /proc/self/uid_map'), new RegExp(`^\\s+0\\s+${uid}\\s+1$`));
      assert.match(await runtime.type(info, 'cat /proc/self/gid_map'), new RegExp(`^\\s+0\\s+${gid}\\s+1$`));
      assert.equal(await runtime.type(info, 'cat /proc/self/setgroups'), 'deny');
      assert.equal(fs.statSync(`/proc/${info.pid}`).uid, uid);
      await runtime.close(info.id);
    });
  }

  it('pid: the shell is process 1, but ps still lists the host', async () => {
    const info = await runtime.shell('pid');
    assert.equal(await runtime.type(info, 'echo $$'), '1');
    assert.match(
      await runtime.type(info, `ps -o pid= -p ${process.pid}`),
      new RegExp(`^\\s*${process.pid}$`),
    );
    await runtime.close(info.id);
  });

  it('anton: the shell is process 1, ps lists only what is inside, and the host is called anton', async () => {
    const info = await runtime.shell('anton');
    assert.equal(await runtime.type(info, 'echo $$'), '1');
    assert.deepEqual(
      (await runtime.type(info, 'ps -e -o pid=,comm=')).split('\n').map((l) => l.trim()),
      ['1 sh', '2 ps'],
    );
    assert.equal(await runtime.type(info, 'hostname'), 'anton');
    assert.notEqual(os.hostname(), 'anton');
    await runtime.close(info.id);
  });

  it('anton: a mount made inside is not seen outside', async () => {
    const info = await runtime.shell('anton');
    await runtime.type(info, 'mount -t tmpfs inside /mnt && touch /mnt/inside');
    assert.equal(await runtime.type(info, 'ls /mnt'), 'inside');
    assert.ok(!fs.existsSync('/mnt/inside'));
    await runtime.close(info.id);
  });

  it('sleep infinity is process 1 inside and has another PID on the host', async () => {
    const { request } = await import('./support');
    const info = await runtime.open(request('anton', { command: ['sleep', 'infinity'] }));
    assert.match(
      fs.readFileSync(`/proc/${info.pid}/status`, 'utf8'),
      new RegExp(`NSpid:\\t${info.pid}\\t1\\n`),
    );
    const joined = await runtime.shell('anton', { join: { terminal: info.id } });
    assert.match(await runtime.type(joined, 'ps -e -o pid=,comm='), /^\s*1 sleep\n\s*\d+ sh\n/);
    runtime.kill(info.id);
    assert.deepEqual(await runtime.end(info), { signal: 'SIGKILL' });
    assert.deepEqual(await runtime.end(joined), { signal: 'SIGKILL' });
  });
});
