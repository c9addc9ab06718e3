import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import { read, sessionOf } from './processes';
import type { TerminalInfo } from '../../src/runtime/runtime';
import { eventually, plain, request, TestRuntime, ways } from './support';

const shells = ['/bin/bash', '/bin/sh'].filter((shell) => fs.existsSync(shell));

/** A person's keys reach the right processes, as in every terminal. */
describe('job control', () => {
  const runtime = new TestRuntime();
  afterEach(() => runtime.closeAll());

  for (const shell of shells) {
    for (const way of ways) {
      const title = `${way}, ${shell}`;

      it(`${title}: the shell leads a session, and its terminal is the session's`, async () => {
        const info = await opened(way, shell);
        const { group, session, tty, foreground } = sessionOf(info.pid);
        assert.deepEqual([group, session, foreground], [info.pid, info.pid, info.pid]);
        assert.equal(tty, fs.statSync(`/proc/${info.pid}/fd/0`).rdev);
        assert.match(await runtime.type(info, 'tty'), /^\/dev\/pts\/\d+$/);
        assert.equal(
          await runtime.type(info, 'test -t 0 && test -t 1 && test -t 2 && echo yes </dev/tty'),
          'yes',
        );
      });

      it(`${title}: Ctrl-C ends the program and not the shell`, async () => {
        const info = await opened(way, shell);
        runtime.write(info.id, 'sleep 1000\r');
        await inForeground(info, 'sleep');
        await afterKey(info, '\x03');
        assert.equal(await runtime.type(info, 'echo $?'), '130');
      });

      it(`${title}: Ctrl-Z stops the program, bg and fg let it go on`, async () => {
        const info = await opened(way, shell);
        runtime.write(info.id, 'sleep 1000\r');
        const sleep = await inForeground(info, 'sleep');
        await afterKey(info, '\x1a');
        assert.match(read(`/proc/${sleep}/status`), /^State:\s+T/m);
        assert.match(await runtime.type(info, 'jobs'), /Stopped.*sleep 1000/s);
        await runtime.type(info, 'bg');
        await eventually(() => /^State:\s+S/m.test(read(`/proc/${sleep}/status`)), 'sleep to go on');
        assert.match(await runtime.type(info, 'jobs'), /Running.*sleep 1000/s);
        runtime.write(info.id, 'fg\r');
        await inForeground(info, 'sleep');
        await afterKey(info, '\x03');
        assert.equal(await runtime.type(info, 'jobs'), '');
      });
    }
  }

  for (const way of ways) {
    it(`${way}: a program is told of the window's new size`, async () => {
      const script = 'trap "stty size; exit" WINCH; stty size; while :; do sleep 0.02; done';
      const info = await runtime.openIn(way, { command: ['sh', '-c', script], columns: 91, rows: 17 });
      await runtime.waitFor(info, /^17 91\n/);
      runtime.resize(info.id, 132, 43);
      await runtime.end(info);
      assert.equal(plain(runtime.outputOf(info)), '17 91\n43 132\n');
    });
  }

  it('a size that is none is ignored', async () => {
    const info = await runtime.shell('anton', { columns: 80, rows: 24 });
    runtime.resize(info.id, 0, 0);
    runtime.resize(info.id, -1, 10);
    assert.equal(await runtime.type(info, 'stty size'), '24 80');
  });

  it('Ctrl-\\ ends with SIGQUIT, Ctrl-D with the end of the input', async () => {
    const info = await opened('anton', '/bin/sh');
    runtime.write(info.id, 'cat\r');
    await inForeground(info, 'cat');
    await afterKey(info, '\x1c');
    assert.equal(await runtime.type(info, 'echo $?'), '131');
    runtime.write(info.id, 'cat\r');
    await inForeground(info, 'cat');
    await afterKey(info, '\x04');
    assert.equal(await runtime.type(info, 'echo $?'), '0');
    runtime.write(info.id, '\x04');
    assert.deepEqual(await runtime.end(info), { code: 0 });
  });

  it('two terminals are two sessions: Ctrl-C in one leaves the other alone', async () => {
    const [one, other] = await Promise.all([opened('plain', '/bin/sh'), opened('plain', '/bin/sh')]);
    runtime.write(one.id, 'sleep 1000\r');
    runtime.write(other.id, 'sleep 1000\r');
    await inForeground(one, 'sleep');
    const left = await inForeground(other, 'sleep');
    await afterKey(one, '\x03');
    assert.equal(sessionOf(left).session, other.pid);
    assert.match(read(`/proc/${left}/status`), /^State:\s+S/m);
  });

  async function opened(way: (typeof ways)[number], shell: string): Promise<TerminalInfo> {
    const info = await runtime.openIn(way, { shell, env: { ...request('plain').env, HOME: '/nonexistent' } });
    await runtime.waitFor(info, /anton> $/);
    return info;
  }

  /** Waits until a program of this name has the terminal; returns its PID. */
  async function inForeground(info: TerminalInfo, name: string): Promise<number> {
    return eventually(() => {
      const { foreground } = sessionOf(info.pid);
      return read(`/proc/${foreground}/comm`).trim() === name && foreground;
    }, `${name} in the foreground`);
  }

  /** Types a key and waits for the prompt behind it. */
  async function afterKey(info: TerminalInfo, key: string): Promise<void> {
    const before = runtime.outputOf(info).length;
    runtime.write(info.id, key);
    await eventually(() => plain(runtime.outputOf(info).slice(before)).endsWith('anton> '), 'a prompt');
  }
});
