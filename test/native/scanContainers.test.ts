import * as assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { takeSnapshot } from '../../src/inspect/takeSnapshot';
import { inode, namespaceOf, processOf } from './scanned';

const name = `anton-test-${process.pid}`;

function runc(...args: string[]): { status: number | null; output: string } {
  const { status, stdout } = spawnSync('runc', args, {
    encoding: 'utf8',
    timeout: 20_000,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return { status, output: stdout };
}

/** A container that nothing on this machine is the parent of any more. */
describe('a detached container of runc', () => {
  let bundle = '';
  let pid = 0;

  before(function () {
    if (process.geteuid?.() !== 0 || spawnSync('runc', ['--version']).error) this.skip();
    bundle = fs.mkdtempSync(path.join(os.tmpdir(), 'anton-bundle-'));
    makeBundle(bundle);
    const started = spawnSync('runc', ['run', '--detach', '--bundle', bundle, name], {
      stdio: 'ignore',
      timeout: 20_000,
    });
    // A machine whose own sandbox forbids containers has none to be found.
    if (started.status !== 0) this.skip();
    pid = (JSON.parse(runc('state', name).output) as { pid: number }).pid;
  });
  after(() => {
    if (bundle === '') return;
    if (pid !== 0) runc('delete', '--force', name);
    fs.rmSync(bundle, { recursive: true, force: true });
  });

  it('is found with its namespaces, its two PIDs, and its name', async () => {
    const snapshot = await takeSnapshot();
    assert.deepEqual(processOf(snapshot, pid).pidChain, [pid, 1]);
    for (const kind of ['pid', 'mnt', 'uts', 'ipc', 'net'] as const) {
      const found = namespaceOf(snapshot, inode(pid, kind));
      assert.equal(found.kind, kind);
      assert.equal(found.processCount, 1);
      assert.deepEqual(found.maker, { tool: 'runc', name }, kind);
    }
  });
});

/** The host's programs, read only, and nothing else; `runc spec` makes the rest. */
function makeBundle(folder: string): void {
  const root = path.join(folder, 'rootfs');
  for (const each of ['usr', 'proc', 'dev', 'sys']) fs.mkdirSync(path.join(root, each), { recursive: true });
  for (const each of ['bin', 'lib', 'lib64']) fs.symlinkSync(`usr/${each}`, path.join(root, each));
  assert.equal(runc('spec', '--bundle', folder).status, 0);
  const file = path.join(folder, 'config.json');
  const config = JSON.parse(fs.readFileSync(file, 'utf8')) as {
    process: { terminal: boolean; args: string[] };
    mounts: unknown[];
  };
  config.process.terminal = false;
  config.process.args = ['sleep', 'infinity'];
  config.mounts.push({ destination: '/usr', type: 'bind', source: '/usr', options: ['rbind', 'ro'] });
  fs.writeFileSync(file, JSON.stringify(config));
}
