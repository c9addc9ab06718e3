import * as assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { exists, processesWith, uniqueWord } from './processes';
import { eventually, request, sleep } from './support';
import { bundle, Place } from './windows';

/** The runtime in a process of its own, and windows that come and go. */
describe('the runtime’s process', () => {
  let place: Place;

  beforeEach(() => {
    place = new Place();
  });
  afterEach(() => place.remove());

  it('keeps a shell over the loss of its window, with what stood on the screen', async () => {
    const before = place.window();
    const info = await before.shell();
    before.type(info.id, 'x=40; seq 100; cd /usr');
    await before.sees(info.id, /\n100\n.*anton> $/);
    before.leave();
    const after = place.window();
    const [kept] = await after.comeBack();
    assert.ok(kept);
    assert.equal(kept.info.pid, info.pid);
    assert.deepEqual(kept.info.uidMap, info.uidMap);
    assert.equal(kept.request.name, info.name);
    assert.match(after.text(kept.info.id), /\n1\n2\n3\n[^]*\n99\n100\n/);
    after.type(kept.info.id, 'echo $((x+2)) $PWD');
    await after.sees(kept.info.id, /\n42 \/usr\n/);
  });

  it('is one for all windows, and ends by itself when nobody needs it', async () => {
    const [first, second] = [place.window('a'), place.window('b')];
    const [one, other] = await Promise.all([first.open(['sleep', '1000']), second.open(['sleep', '1000'])]);
    const pid = place.host();
    assert.equal(fs.readFileSync(`/proc/${pid}/comm`, 'utf8').trim(), 'anton-runtime');
    await first.runtime.close(one.id);
    await second.runtime.close(other.id);
    first.leave();
    await sleep(200);
    assert.ok(exists(pid));
    second.leave();
    await eventually(() => !exists(pid), 'its end');
    assert.ok(!fs.existsSync(place.folder), 'not even the folder is left');
  });

  it('is not started for a window that has gone', async () => {
    const window = place.window();
    window.leave();
    await assert.rejects(window.open(['sleep', '1000']), { step: 'runtime_lost' });
    assert.ok(!fs.existsSync(place.folder));
  });

  it('gives no window what is another’s, nor to one with another workspace', async () => {
    const first = place.window();
    await first.open(['sleep', '1000']);
    assert.deepEqual(await place.window().comeBack(), []);
    first.leave();
    assert.deepEqual(await place.window('file:///other').comeBack(), []);
    await eventually(async () => (await place.window().comeBack()).length === 1, 'the terminal');
    assert.deepEqual(await place.window().comeBack(), []);
  });

  it('knows a window once that opens terminals while it asks for those that it had', async () => {
    await place.window('other').open(['sleep', '1000']);
    const window = place.window('w');
    const claiming = window.comeBack();
    const first = window.open(['sleep', '1000']);
    assert.deepEqual(await claiming, []);
    await Promise.all([first, window.open(['sleep', '1000'])]);
    window.leave();
    await eventually(async () => (await place.window('w').comeBack()).length === 2, 'both terminals');
  });

  it('hands over what was lost earlier where nothing is left of what was lost last', async () => {
    const earlier = place.window('w');
    const info = await earlier.open(['sleep', '1000']);
    earlier.leave();
    const last = place.window('w');
    const { id, pid } = await last.open(['sh', '-c', 'trap "" HUP; while :; do sleep 1; done']);
    void last.runtime.close(id);
    await sleep(50);
    last.leave();
    await eventually(() => !exists(pid), 'the end of the terminal');
    await sleep(500);
    const [kept] = await place.window('w').comeBack();
    assert.equal(kept?.info.pid, info.pid);
  });

  it('gives a workspace what one of its folders had before, once nothing waits for itself', async () => {
    const asked = { earlier: ['file:///one', 'file:///other'] };
    const folder = place.window('file:///other');
    const info = await folder.open(['sleep', '1000']);
    // As of a window that is busy, which cannot be told from one that nobody has.
    const silent = place.window('file:///one', { isThere: () => Promise.resolve(false) });
    await silent.open(['sleep', '1000']);
    assert.deepEqual(await place.window('untitled:1', asked).comeBack(), [], 'windows have them');
    folder.leave();
    const workspace = place.window('untitled:1', asked);
    await eventually(async () => (await workspace.comeBack())[0]?.info.pid === info.pid, 'the terminal');
    workspace.leave();
    const again = place.window('untitled:1');
    await eventually(async () => (await again.comeBack())[0]?.info.pid === info.pid, 'the terminal');
  });

  it('takes terminals from an extension host behind which nobody is any more', async () => {
    const left = place.window('w', { isThere: () => Promise.resolve(false) });
    const info = await left.open(['sleep', '1000']);
    const [kept] = await place.window('w').comeBack();
    assert.equal(kept?.info.pid, info.pid);
    assert.deepEqual(await left.end(info.id), { lost: 'taken' });
  });

  it('ends terminals whose window does not come back in time', async () => {
    const window = place.window('w', { wait: 1 });
    const { pid } = await window.open(['sh', '-c', 'trap "" HUP; while :; do sleep 1; done']);
    window.leave();
    await sleep(500);
    assert.ok(exists(pid));
    await eventually(() => !exists(pid), 'the end of the terminal');
    assert.deepEqual(await place.window('w').comeBack(), []);
  });

  it('its death ends every terminal, is told, and the next terminal works', async () => {
    const window = place.window();
    const info = await window.open(['sh', '-c', 'nohup sleep 1000 & sleep 1000']);
    process.kill(place.host(), 'SIGKILL');
    assert.deepEqual(await window.end(info.id), { lost: 'runtime' });
    await eventually(() => !exists(info.pid), 'the end of the terminal');
    assert.deepEqual(window.runtime.list(), []);
    const next = await window.open(['echo', 'works']);
    await window.sees(next.id, /works/);
    assert.deepEqual(await window.end(next.id), { code: 0 });
  });

  it('keeps the last words of what ended while nobody looked', async () => {
    const before = place.window();
    await before.open(['sh', '-c', 'sleep 0.3; echo farewell; exit 7']);
    before.leave();
    await sleep(1000);
    const after = place.window();
    const [kept] = await after.comeBack();
    assert.ok(kept);
    assert.deepEqual(await after.end(kept.info.id), { code: 7 });
    assert.match(after.text(kept.info.id), /farewell/);
  });

  it('goes on while nobody looks, whatever comes', async () => {
    const before = place.window();
    const info = await before.open(['sh', '-c', 'sleep 0.3; seq 300000; echo done; sleep 1000'], {
      window: 65536,
    });
    before.leave();
    await sleep(300);
    const after = place.window();
    await eventually(async () => {
      const [kept] = await after.comeBack();
      return kept?.info.pid === info.pid;
    }, 'the terminal');
    const [there] = after.runtime.list();
    assert.ok(there);
    await eventually(() => {
      after.runtime.acknowledge(there.id, 65536);
      return after.text(there.id).includes('\n300000\ndone\n');
    }, 'the last line');
  });

  it('passes every byte, in order, and waits for a window that does not acknowledge', async () => {
    const window = place.window();
    const hash = createHash('sha256');
    let [length, unacknowledged, most] = [0, 0, 0];
    window.runtime.subscribe((event) => {
      if (event.type !== 'data') return;
      hash.update(event.data);
      length += event.data.length;
      unacknowledged += event.data.length;
      most = Math.max(most, unacknowledged);
      setTimeout(() => {
        const { id } = event;
        window.runtime.acknowledge(id, event.data.length);
        unacknowledged -= event.data.length;
      }, 1);
    });
    const script = 'stty -opost; seq 1000000; printf end';
    const info = await window.open(['sh', '-c', script], { window: 262_144 });
    assert.deepEqual(await window.end(info.id), { code: 0 });
    let expected = '';
    for (let i = 1; i <= 1_000_000; i++) expected += `${i}\n`;
    expected += 'end';
    assert.equal(length, expected.length);
    assert.equal(hash.digest('hex'), createHash('sha256').update(expected).digest('hex'));
    assert.ok(most < 262_144 + 131_072, `${most} characters at once`);
  });

  it('ends what was being made for a window that went', async () => {
    const [leaving, staying] = [place.window('w'), place.window('other')];
    await staying.open(['sleep', '1000']);
    const word = uniqueWord();
    const opening = leaving.open(['sh', '-c', 'sleep 1000', word]).catch(() => undefined);
    await eventually(() => place.hosts().length > 0, 'the process');
    await sleep(3);
    leaving.leave();
    await opening;
    const again = place.window('w');
    for (const { info } of await again.comeBack()) await again.runtime.close(info.id);
    await eventually(() => processesWith(word).length === 0, 'the end of what was made');
  });

  it('goes on when its window goes while it is drawn', async () => {
    const first = place.window('w');
    const info = await first.open(['sh', '-c', 'i=0; while :; do i=$((i+1)); echo "line $i"; done'], {
      window: 65_536,
    });
    first.leave();
    for (let i = 0; i < 5; i++) {
      const window = place.window('w');
      await eventually(async () => {
        const [kept] = await window.runtime.claim();
        if (!kept) return false;
        void window.runtime.attach(kept.info.id, undefined).catch(() => undefined);
        await sleep(i);
        window.leave();
        return true;
      }, 'the terminal');
    }
    const last = place.window('w');
    await eventually(async () => (await last.comeBack())[0]?.info.pid === info.pid, 'the terminal');
    const [there] = last.runtime.list();
    assert.ok(there);
    const before = last.text(there.id).length;
    await eventually(() => {
      last.runtime.acknowledge(there.id, 65_536);
      return last.text(there.id).length > before + 300_000;
    }, 'more output');
    last.runtime.kill(there.id);
    await last.end(there.id);
  });

  it('joined shells know their terminal by its new number', async () => {
    const before = place.window('w');
    const gone = await before.open(['sleep', '1000']);
    const host = await before.open(['sleep', '1000']);
    await before.runtime.open(request('anton', { command: ['sleep', '1000'], join: { terminal: host.id } }));
    await before.runtime.close(gone.id);
    before.leave();
    const after = place.window('w');
    const kept = await after.comeBack();
    const known = kept.find(({ info }) => info.pid === host.pid);
    const joined = kept.find(({ info }) => info.joined !== undefined);
    assert.equal(joined?.info.joined, known?.info.id);
    assert.deepEqual(joined?.request.join, { terminal: known?.info.id });
  });

  it('of an older version keeps its terminals, though its files are gone', async () => {
    const old = fs.mkdtempSync(path.join(os.tmpdir(), 'anton-old-'));
    for (const part of ['host.js', 'native', 'prebuilds', 'node_modules'])
      fs.cpSync(path.join(path.dirname(bundle), part), path.join(old, part), { recursive: true });
    const before = place.window('w', { bundle: path.join(old, 'host.js') });
    const info = await before.shell();
    before.type(info.id, 'x=5; echo set');
    await before.sees(info.id, /\nset\n/);
    const [oldHost] = place.hosts();
    fs.rmSync(old, { recursive: true });
    before.leave();
    const after = place.window('w');
    const [kept] = await after.comeBack();
    assert.equal(kept?.info.pid, info.pid);
    after.type(kept.info.id, 'echo $((x+1))');
    await after.sees(kept.info.id, /\n6\n/);
    // What is new is of the new version, a shell that joins an old one's namespaces among it.
    const fresh = await after.shell();
    assert.equal(place.hosts().length, 2);
    const joined = await after.runtime.open(request('anton', { join: { terminal: kept.info.id } }));
    assert.equal(
      fs.readlinkSync(`/proc/${joined.pid}/ns/pid_for_children`),
      fs.readlinkSync(`/proc/${info.pid}/ns/pid`),
    );
    for (const each of [joined, fresh, kept.info]) await after.runtime.close(each.id);
    assert.ok(oldHost);
    await eventually(() => !exists(oldHost), 'the end of the old one');
  });

  it('has two hundred terminals at once, each with its own', async function () {
    this.timeout(120_000);
    const window = place.window();
    const infos = await Promise.all(
      Array.from({ length: 200 }, (_, i) =>
        window.open(['sh', '-c', `echo I am ${i}.; read line; echo $line`]),
      ),
    );
    for (const [i, { id }] of infos.entries()) await window.sees(id, new RegExp(`I am ${i}\\.`));
    for (const [i, { id }] of infos.entries()) window.type(id, `you are ${i}`);
    for (const [i, { id }] of infos.entries()) {
      assert.deepEqual(await window.end(id), { code: 0 });
      assert.match(window.text(id), new RegExp(`you are ${i}\nyou are ${i}\n`));
    }
    assert.deepEqual(window.runtime.list(), []);
  });

  it('tells why a terminal is refused, in the words of the one that was asked', async () => {
    const window = place.window();
    await assert.rejects(window.open(['no-such-program']), {
      step: 'find_program',
      code: 'ENOENT',
      subject: 'no-such-program',
    });
    await assert.rejects(window.runtime.open(request('plain', { join: { pid: 999_999_999 } })), {
      step: 'join_process',
      code: 'ESRCH',
    });
    assert.deepEqual(window.runtime.list(), []);
  });
});
