import * as assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { scanOption } from '../../src/kernel/scanResult';
import { Scanner } from '../../src/kernel/scanner';
import { Helper } from './helper';
import { scannersOf } from './scanned';
import { eventually } from './support';

/** The process that scans, and what becomes of it. */
describe('the scanner', () => {
  const scanner = new Scanner();
  afterEach(() => scanner.dispose());

  it('is one process for all scans, and answers those that wait in their turn', async () => {
    const results = await Promise.all(
      [0, scanOption.threads, scanOption.fresh].map((each) => scanner.scan(each)),
    );
    for (const result of results) assert.ok(result.count('processes') > 1);
    assert.equal(scannersOf(process.pid).length, 1);
  });

  it('is away when nobody needs it any more', async () => {
    await scanner.scan(0);
    scanner.dispose();
    await eventually(() => scannersOf(process.pid).length === 0, 'its end');
  });

  for (const signal of ['SIGSEGV', 'SIGKILL'] as const) {
    it(`ends nobody else by ${signal}, tells it, and is there for the next scan`, async () => {
      await scanner.scan(0);
      const [pid = 0] = scannersOf(process.pid);
      process.kill(pid, 'SIGSTOP');
      const waiting = scanner.scan(0);
      process.kill(pid, signal);
      process.kill(pid, 'SIGCONT');
      await assert.rejects(waiting, { step: 'scan', subject: `anton-scan: ${signal}` });
      assert.ok((await scanner.scan(0)).count('processes') > 1);
      assert.notEqual(scannersOf(process.pid)[0], pid);
    });
  }

  it('is ended where it does not answer, and told so', async () => {
    const impatient = new Scanner(500);
    await impatient.scan(0);
    const [pid = 0] = scannersOf(process.pid);
    process.kill(pid, 'SIGSTOP');
    await assert.rejects(impatient.scan(0), { step: 'scan', code: 'ETIMEDOUT' });
    await eventually(() => scannersOf(process.pid).length === 0, 'its end');
    assert.ok((await impatient.scan(0)).count('processes') > 1);
    impatient.dispose();
  });

  it('says so where no descriptor is left for it', async () => {
    const helper = new Helper('scanned', ['starved'], ['prlimit', '--nofile=64']);
    assert.equal(await helper.next(), 'EMFILE');
    await helper.end('SIGKILL');
  });

  it('goes with the process that asked it, whatever ended that', async () => {
    const child = spawn(process.execPath, [path.join(__dirname, 'scanned.helper.js'), 'report'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(child.stdout, 'data');
    const [pid = 0] = scannersOf(child.pid ?? 0);
    assert.ok(pid > 0);
    child.kill('SIGKILL');
    await eventually(() => !fs.existsSync(`/proc/${pid}`), 'its end');
  });
});
