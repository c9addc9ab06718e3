import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import { Failure } from '../../src/kernel/failure';
import { readNamespaces, readStatus } from '../../src/kernel/proc';
import { profileNames } from '../../src/runtime/profiles';
import { helperFile } from './helper';
import { exists } from './processes';
import { request, TestRuntime } from './support';

/** A second shell in a running terminal's namespaces, as `docker exec` opens one. */
describe('joining a terminal', () => {
  const runtime = new TestRuntime();
  afterEach(() => runtime.closeAll());

  for (const profile of profileNames) {
    it(`${profile}: it is in the same namespaces, as the same user`, async () => {
      const first = await runtime.shell(profile);
      const joined = await runtime.shell(profile, { join: { terminal: first.id } });
      assert.deepEqual(readNamespaces(joined.pid), readNamespaces(first.pid));
      for (const command of ['id', 'hostname', 'cat /proc/self/uid_map', 'cat /proc/self/setgroups']) {
        assert.equal(await runtime.type(joined, command), await runtime.type(first, command), command);
      }
      assert.equal(readStatus(joined.pid)?.pidChain.length, readStatus(first.pid)?.pidChain.length);
      assert.equal(joined.joined, first.id);
    });

    it(`${profile}: it ends on its own, and leaves the other`, async () => {
      const first = await runtime.shell(profile);
      const joined = await runtime.shell(profile, { join: { terminal: first.id } });
      await runtime.close(joined.id);
      assert.ok(!exists(joined.pid));
      assert.equal(await runtime.type(first, 'echo alive'), 'alive');
    });
  }

  it('pid: it is a process of the other world, with a number there', async () => {
    const first = await runtime.shell('pid');
    const joined = await runtime.shell('pid', { join: { terminal: first.id } });
    const chain = readStatus(joined.pid)?.pidChain ?? [];
    assert.equal(chain.length, 2);
    assert.deepEqual(String(chain[1]), await runtime.type(joined, 'echo $$'));
    assert.notEqual(chain[1], 1);
  });

  it('anton: both list each other, and a mount of one is seen by the other', async () => {
    const first = await runtime.shell('anton');
    const joined = await runtime.shell('anton', { join: { terminal: first.id } });
    const inside = readStatus(joined.pid)?.pidChain[1];
    assert.match(await runtime.type(joined, 'ps -e -o pid=,comm='), /^\s*1 sh$/m);
    assert.match(await runtime.type(first, 'ps -e -o pid=,comm='), new RegExp(`^\\s*${inside} sh$`, 'm'));
    await runtime.type(first, 'mount -t tmpfs shared /mnt && touch /mnt/shared');
    assert.equal(await runtime.type(joined, 'ls /mnt'), 'shared');
    assert.ok(!fs.existsSync('/mnt/shared'));
  });

  for (const profile of ['pid', 'anton'] as const) {
    it(`${profile}: it ends with process 1 of the terminal that it joined`, async () => {
      const first = await runtime.shell(profile);
      const joined = await runtime.shell(profile, { join: { terminal: first.id } });
      runtime.write(first.id, 'exit 4\r');
      assert.deepEqual(await runtime.end(first), { code: 4 });
      assert.deepEqual(await runtime.end(joined), { signal: 'SIGKILL' });
    });
  }

  it('a terminal that joined can itself be joined', async () => {
    const first = await runtime.shell('anton');
    const second = await runtime.shell('anton', { join: { terminal: first.id } });
    const third = await runtime.shell('anton', { join: { terminal: second.id } });
    assert.deepEqual(readNamespaces(third.pid), readNamespaces(first.pid));
  });

  it('one that has ended cannot be joined, and says so', async () => {
    const { info } = await runtime.run('anton', ['true']);
    await assert.rejects(runtime.open(request('anton', { join: { terminal: info.id } })), (error) => {
      assert.ok(error instanceof Failure);
      assert.deepEqual([error.step, error.code], ['join', 'ESRCH']);
      return true;
    });
  });

  it('joining changes nothing about this process', async () => {
    const before = [readNamespaces('self'), fs.statSync('/proc/self/environ').uid];
    const first = await runtime.shell('anton');
    await runtime.shell('anton', { join: { terminal: first.id } });
    assert.deepEqual([readNamespaces('self'), fs.statSync('/proc/self/environ').uid], before);
  });

  it('lets nobody inside into the memory of the process that makes terminals', async function () {
    this.timeout(60_000);
    const first = await runtime.open(
      request('anton', { command: [process.execPath, helperFile('memoryReader')] }),
    );
    await runtime.waitFor(first, /waiting/);
    for (let i = 0; i < 100; i++) await runtime.run('anton', ['true'], { join: { terminal: first.id } });
    assert.doesNotMatch(runtime.outputOf(first), /reached/);
  });
});
