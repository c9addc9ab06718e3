import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { readChildren } from '../../src/kernel/proc';
import { read } from './processes';
import { eventually, request, TestRuntime, ways } from './support';

/** What a program finds when it starts: nothing of the process that made it. */
describe('what the first process inherits', () => {
  const runtime = new TestRuntime();
  const ignore = (): void => undefined;
  before(() => {
    // Node itself ignores SIGPIPE; this makes it handle others.
    process.on('SIGUSR2', ignore).on('SIGHUP', ignore);
  });
  afterEach(() => runtime.closeAll());
  after(() => {
    process.off('SIGUSR2', ignore).off('SIGHUP', ignore);
  });

  for (const way of ways) {
    it(`${way}: the terminal as 0, 1 and 2, and no other descriptor`, async () => {
      // Others' descriptors must not be there either.
      await runtime.openIn(way, { command: ['sleep', 'infinity'] });
      const info = await runtime.openIn(way, { command: ['sleep', 'infinity'] });
      // The dynamic loader has libc open for a moment.
      await eventually(
        () => fs.readdirSync(`/proc/${info.pid}/fd`).join() === '0,1,2',
        'no other descriptor',
      );
      const targets = [0, 1, 2].map((fd) => fs.readlinkSync(`/proc/${info.pid}/fd/${fd}`));
      assert.match(targets[0] ?? '', /^\/dev\/pts\/\d+$|^\/\d+$/);
      assert.equal(new Set(targets).size, 1);
    });

    it(`${way}: a program that lists its own descriptors finds these, and the one it lists with`, async () => {
      const info = await runtime.openIn(way, { command: ['ls', '/proc/self/fd'] });
      await runtime.end(info);
      assert.deepEqual(runtime.outputOf(info).split(/\s+/).filter(Boolean), ['0', '1', '2', '3']);
    });

    it(`${way}: no signal is blocked, ignored or handled`, async () => {
      const info = await runtime.openIn(way, { command: ['cat', '/proc/self/status'] });
      await runtime.end(info);
      const masks = [
        ...runtime.outputOf(info).matchAll(/^(SigBlk|SigIgn|SigCgt|SigPnd|ShdPnd):\s*(\w+)\r$/gm),
      ];
      assert.equal(masks.length, 5);
      for (const [, mask, bits] of masks) assert.equal(bits, '0000000000000000', mask);
    });

    it(`${way}: argv, the directory and PWD are those of the request`, async () => {
      const folder = fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), 'anton it’s '));
      const words = ['sleep', 'infinity', '0', '0.1', '1e9'];
      const info = await runtime.openIn(way, { command: words, cwd: folder });
      assert.equal(read(`/proc/${info.pid}/cmdline`), words.map((word) => `${word}\0`).join(''));
      assert.equal(fs.readlinkSync(`/proc/${info.pid}/cwd`), folder);
      const env = read(`/proc/${info.pid}/environ`).split('\0');
      assert.deepEqual(
        env.filter((entry) => entry.startsWith('PWD=')),
        [`PWD=${folder}`],
      );
      await runtime.closeAll();
      fs.rmdirSync(folder);
    });
  }

  it('the environment is exactly the one asked for', async () => {
    const env = {
      PATH: process.env['PATH'] ?? '',
      EMPTY: '',
      LINES_IN: 'a\nb',
      EQUALS: 'a=b=c',
      UNICODE: 'ñ😀',
    };
    const info = await runtime.open(request('anton', { command: ['sleep', 'infinity'], env }));
    const entries = read(`/proc/${info.pid}/environ`).split('\0').filter(Boolean);
    const expected = Object.entries({ ...env, PWD: os.tmpdir() }).map(([name, value]) => `${name}=${value}`);
    assert.deepEqual(entries.sort(), expected.sort());
  });

  it('the guard holds its end of a socket, and nothing of the host', async () => {
    const info = await runtime.open(request('plain', { command: ['sleep', 'infinity'] }));
    assert.ok(readChildren(info.root).includes(info.pid));
    await eventually(() => read(`/proc/${info.root}/comm`) === 'anton-guard\n', 'the guard');
    const targets = await eventually(() => {
      const fds = fs.readdirSync(`/proc/${info.root}/fd`);
      return fds.length === 2 && fds.map((fd) => fs.readlinkSync(`/proc/${info.root}/fd/${fd}`));
    }, "the guard's descriptors");
    assert.match(targets.join(' '), /^socket:\[\d+\] anon_inode:\[signalfd\]$/);
    assert.equal(read(`/proc/${info.root}/environ`), '');
  });
});
