import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { Failure } from '../../src/kernel/failure';
import { profileNames } from '../../src/runtime/profiles';
import { ptysOf, residentMemory, tracesOf } from './traces';
import { request, TestRuntime, ways } from './support';

/** ANTON_TERMINALS=10000 makes it a long test. */
const batch = Number(process.env['ANTON_TERMINALS'] ?? 200);
const atOnce = 8;

/** Many terminals later, this process is as it was. */
describe('terminals that were opened and closed', function () {
  this.timeout(30_000 + batch * 20);
  const runtime = new TestRuntime();
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'anton-leaks-'));
  const noProgram = path.join(folder, 'no-program');

  before(async () => {
    // The first ones load libraries, start threads and warm up what stays.
    await openAndClose(batch);
    fs.writeFileSync(noProgram, 'neither #! nor ELF\n', { mode: 0o755 });
  });
  after(() => {
    fs.rmSync(folder, { recursive: true });
  });

  it('leave no descriptor, child, zombie, thread, mapping or pty', async () => {
    const before = tracesOf(process.pid);
    await openAndClose(batch);
    const after = tracesOf(process.pid);
    assert.deepEqual(after.children, []);
    assert.equal(ptysOf(process.pid), 0);
    assert.equal(after.descriptors, before.descriptors);
    assert.equal(after.threads, before.threads);
    // V8 maps and unmaps as it likes; each terminal has two mappings and two guard pages.
    assert.ok(after.mappings < before.mappings + batch, `${before.mappings} -> ${after.mappings} mappings`);
  });

  it('leave no memory', async () => {
    const before = residentMemory();
    await openAndClose(batch);
    await openAndClose(batch);
    const grown = residentMemory() - before;
    // One page for each would be 1.6 MiB; what V8 keeps for itself comes and goes.
    assert.ok(grown < 40, `grown by ${grown} MiB`);
  });

  it('leave nothing either where they were refused', async () => {
    await refuse(20);
    const before = tracesOf(process.pid);
    await refuse(batch);
    const after = tracesOf(process.pid);
    assert.deepEqual(after.children, []);
    assert.equal(after.descriptors, before.descriptors);
    assert.ok(after.mappings < before.mappings + batch, `${before.mappings} -> ${after.mappings} mappings`);
  });

  async function openAndClose(count: number): Promise<void> {
    let next = 0;
    const worker = async (): Promise<void> => {
      for (let i = next++; i < count; i = next++) {
        const way = ways[i % ways.length] ?? 'anton';
        const info = await runtime.openIn(way, { command: ['sh', '-c', 'echo out; read line'] });
        if (i % 3 === 0) runtime.write(info.id, '\r');
        else runtime.kill(info.id);
        await runtime.end(info);
        if (info.joined !== undefined) runtime.kill(info.joined);
      }
    };
    await Promise.all(Array.from({ length: atOnce }, worker));
    for (const info of runtime.list()) await runtime.end(info);
  }

  /** A script without #! passes for a program until the kernel is asked to execute it. */
  async function refuse(count: number): Promise<void> {
    for (let i = 0; i < count; i += atOnce) {
      const requests = Array.from({ length: atOnce }, (_, k) => {
        const profile = profileNames[(i + k) % profileNames.length] ?? 'anton';
        return request(profile, { command: [noProgram] });
      });
      for (const result of await Promise.allSettled(requests.map((each) => runtime.open(each)))) {
        assert.ok(result.status === 'rejected' && result.reason instanceof Failure);
        assert.equal(result.reason.step, 'execve');
      }
    }
  }
});
