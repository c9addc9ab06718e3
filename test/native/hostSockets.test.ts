import * as assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as net from 'node:net';
import * as os from 'node:os';
import * as path from 'node:path';
import { findSockets } from '../../src/host/sockets';
import { faultOf, makeFolder, socketFolders } from '../../src/host/folder';
import type { FailureData } from '../../src/kernel/failure';
import { Helper, killHelpers } from './helper';
import { exists } from './processes';
import { after } from './refusing';
import { eventually } from './support';
import { Place, TestWindow } from './windows';

/** Who may speak with the runtime's process, and what becomes of its folder. */
describe('the socket of the runtime’s process', () => {
  let place: Place;
  let scratch: string;

  beforeEach(() => {
    place = new Place();
    scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'anton-scratch-'));
  });
  afterEach(async () => {
    killHelpers();
    await place.remove();
    fs.rmSync(scratch, { recursive: true, force: true });
  });

  it('is in a folder of the person’s own that nobody else can enter', async () => {
    await place.window().open(['sleep', '1000']);
    const stat = fs.statSync(place.folder);
    assert.equal(stat.mode & 0o777, 0o700);
    assert.equal(stat.uid, process.getuid?.());
    for (const name of fs.readdirSync(place.folder))
      assert.match(name, /^(1-[0-9a-f]{8}-\d+\.sock|[0-9a-f]{8}\.log)$/);
  });

  it('is not made in a folder that others can enter, in a link or in a file; the next best is taken', async () => {
    const open = path.join(scratch, 'open');
    const link = path.join(scratch, 'link');
    const file = path.join(scratch, 'file');
    const closed = path.join(scratch, 'closed');
    const good = path.join(scratch, 'good');
    fs.mkdirSync(open);
    fs.mkdirSync(closed, { mode: 0o500 });
    fs.chmodSync(open, 0o711);
    fs.symlinkSync(scratch, link);
    fs.writeFileSync(file, '');
    assert.equal(faultOf(open)?.code, 'EPERM');
    assert.equal(faultOf(link)?.code, 'ELOOP');
    assert.equal(faultOf(file)?.code, 'ENOTDIR');
    assert.equal(faultOf(closed)?.code, 'EACCES');
    assert.equal(makeFolder([open, link, file, closed, good]), good);
    assert.throws(() => makeFolder([open, link]), { step: 'runtime_folder', code: 'EPERM', subject: open });
    const window = new TestWindow({ folders: [link, open], workspace: 'w' });
    await assert.rejects(window.open(['true']), { step: 'runtime_folder', code: 'ELOOP', subject: link });
  });

  it('of a folder that was opened to others meanwhile is not used any more', async () => {
    const window = place.window('w');
    await window.open(['sleep', '1000']);
    window.leave();
    fs.chmodSync(place.folder, 0o755);
    assert.deepEqual(findSockets([place.folder]), []);
    assert.deepEqual(await place.window('w').comeBack(), []);
    fs.chmodSync(place.folder, 0o700);
    await eventually(async () => (await place.window('w').comeBack()).length === 1, 'the terminal');
  });

  it('refuses another user, even where the folder was opened', async function () {
    if (process.getuid?.() !== 0) this.skip();
    await place.window().open(['sleep', '1000']);
    const [socket] = findSockets([place.folder]);
    assert.ok(socket);
    fs.chmodSync(path.dirname(place.folder), 0o755);
    fs.chmodSync(place.folder, 0o755);
    fs.chmodSync(socket.path, 0o777);
    const talk = `
      const socket = require('net').connect(${JSON.stringify(socket.path)});
      socket.on('connect', () => console.log('connected'));
      socket.on('error', (error) => console.log(error.code));
      socket.on('close', () => console.log('closed'));
      socket.on('data', (data) => console.log('answer'));
      socket.write('Content-Length: 83\\r\\n\\r\\n{"jsonrpc":"2.0","id":0,"method":"hello","params":{"workspace":"w","wait":1000000}}');
      setTimeout(() => process.exit(), 3000);`;
    const speak = (uid: number): string =>
      spawnSync(process.execPath, ['-e', talk], { uid, gid: uid, encoding: 'utf8' }).stdout;
    assert.match(speak(0), /answer/);
    assert.doesNotMatch(speak(65_534), /answer/);
    assert.match(speak(65_534), /closed/);
    fs.chmodSync(place.folder, 0o700);
  });

  it('is not sought where the person may not look', () => {
    const locked = path.join(scratch, 'locked');
    fs.mkdirSync(locked, { mode: 0o000 });
    const folder = path.join(locked, 'anton');
    if (process.getuid?.() !== 0) assert.equal(faultOf(folder)?.code, 'EACCES');
    assert.deepEqual(findSockets([folder, path.join(scratch, 'none')]), []);
  });

  it('forgets who went before saying hello', async () => {
    const window = place.window();
    const info = await window.open(['sleep', '1000']);
    const pid = place.host();
    const [file] = findSockets([place.folder]);
    assert.ok(file);
    const body = JSON.stringify({
      ...{ jsonrpc: '2.0', id: 0, method: 'hello' },
      params: { workspace: 'w', wait: 1_000_000 },
    });
    const socket = net.connect(file.path);
    socket.on('error', () => undefined);
    socket.write(`Content-Length: ${body.length}\r\n\r\n${body}`, () => socket.destroy());
    await window.runtime.close(info.id);
    window.leave();
    await eventually(() => !exists(pid), 'its end');
  });

  it('of a process that was killed is removed by the next one', async () => {
    const window = place.window();
    const info = await window.open(['sleep', '1000']);
    const killed = place.host();
    process.kill(killed, 'SIGKILL');
    await window.end(info.id);
    await eventually(() => !exists(killed), 'its end');
    await window.open(['sleep', '1000']);
    assert.notEqual(place.host(), killed);
  });

  it('is found again after the folder was swept', async () => {
    const window = place.window();
    await window.open(['sleep', '1000']);
    fs.rmSync(place.folder, { recursive: true });
    // It has its connection still; a new window starts a process of its own.
    const info = await window.open(['sleep', '1000']);
    assert.ok(exists(info.pid));
    const other = await place.window('other').open(['sleep', '1000']);
    assert.ok(exists(other.pid));
    await window.runtime.close(info.id);
  });

  it('keeps no process from ending, whatever became of the folder', async () => {
    await place.window().open(['sleep', '1000']);
    const pid = place.host();
    fs.rmSync(place.folder, { recursive: true });
    fs.writeFileSync(place.folder, '');
    process.kill(pid, 'SIGTERM');
    await eventually(() => !exists(pid), 'its end');
  });

  it('serves a window whose extension host was killed', async () => {
    const helper = new Helper('killedWindow', [place.folder]);
    const pid = await helper.next<number>();
    await helper.end('SIGKILL');
    await eventually(async () => {
      const [kept] = await place.window('killed').comeBack();
      return kept?.info.pid === pid;
    }, 'the terminal');
    assert.ok(exists(pid));
  });

  it('says that the disk is full, where it is', async () => {
    const full = path.join(scratch, 'full');
    fs.mkdirSync(full);
    const prefix = after(`mount -t tmpfs -o nr_inodes=1 none ${full}`, '-m');
    const helper = new Helper('killedWindow', [path.join(full, 'sockets')], prefix);
    const { step, code, subject } = await helper.next<FailureData>();
    assert.deepEqual(
      { step, code, subject },
      {
        step: 'runtime_folder',
        code: 'ENOSPC',
        subject: path.join(full, 'sockets'),
      },
    );
  });

  it('nothing of a thousand windows is left', async function () {
    this.timeout(120_000);
    const first = place.window('many');
    const info = await first.open(['sleep', '1000']);
    first.leave();
    const host = place.host();
    const files = (): number => fs.readdirSync(`/proc/${host}/fd`).length;
    const resident = (): number =>
      Number(/^VmRSS:\s+(\d+)/m.exec(fs.readFileSync(`/proc/${host}/status`, 'utf8'))?.[1]);
    let [filesBefore, residentBefore] = [0, 0];
    for (let i = 0; i < 1000; i++) {
      const window = new TestWindow({ folders: [place.folder], workspace: 'many' });
      await eventually(async () => (await window.comeBack())[0]?.info.pid === info.pid, 'the terminal');
      window.leave();
      if (i === 200) [filesBefore, residentBefore] = [files(), resident()];
    }
    await eventually(() => files() <= filesBefore, `${files()} descriptors, not ${filesBefore}`);
    assert.ok(resident() < residentBefore + 40 * 1024, `${resident()} KiB, not ${residentBefore}`);
    assert.ok(exists(info.pid));
  });

  it('has a place of its own for each system, and the same in each mount namespace of one', async () => {
    const installation = '/home/me/.vscode';
    const homeIn = async (prefix: readonly string[]): Promise<string | undefined> => {
      const helper = new Helper('socketFolders', [installation], prefix);
      const folders = await helper.next<readonly string[]>();
      await helper.end();
      return folders.at(-1);
    };
    const own = socketFolders(installation).at(-1);
    assert.equal(await homeIn(after('true', '-m')), own);
    assert.notEqual(await homeIn(after('true', '-pf')), own);
    // A root of its own, with all that is in the other one.
    const filled = `for each in /*; do
      if [ -L $each ]; then cp -P $each root; elif [ -d $each ]; then mkdir root$each && mount --rbind $each root$each; fi
    done`;
    const other = `cd ${scratch} && mkdir root && mount -t tmpfs none root && ${filled} && set -- chroot root "$@"`;
    assert.notEqual(await homeIn(after(other, '-m')), own);
  });

  it('has a place of its own for each installation', () => {
    const [one, other] = [socketFolders('/home/me/.vscode'), socketFolders('/home/me/.code-server')];
    assert.equal(one.length, other.length);
    assert.ok(one.every((folder) => !other.includes(folder)));
    for (const folder of one) assert.ok(folder.length < 70);
  });
});
