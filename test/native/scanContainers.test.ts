import * as assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { scanMachine } from '../scanMachine';
import { inode, namespaceOf, processOf } from './scanned';

const name = `anton-test-${process.pid}`;

/** crun takes no controllers and, where cgroups are in their hybrid hierarchy, does not see that they are. */
const withoutCgroup2 = 'umount -l /sys/fs/cgroup/unified 2>/dev/null; exec "$@"';

const runtimes = {
  runc: { start: ['runc'] },
  crun: {
    start: ['unshare', '-m', 'sh', '-c', withoutCgroup2, 'sh', 'crun', '--cgroup-manager=disabled'],
  },
} as const;

/** Containers that nothing on this machine is the parent of any more. */
for (const [tool, { start }] of Object.entries(runtimes)) {
  describe(`a detached container of ${tool}`, () => {
    let bundle = '';
    let pid = 0;

    before(function () {
      if (process.geteuid?.() !== 0 || spawnSync(tool, ['--version']).error) this.skip();
      bundle = fs.mkdtempSync(path.join(os.tmpdir(), 'anton-bundle-'));
      makeBundle(tool, bundle);
      const [program, ...args] = start;
      const started = spawnSync(program, [...args, 'run', '--detach', '--bundle', bundle, name], {
        stdio: 'ignore',
        timeout: 20_000,
      });
      // A machine whose own sandbox forbids containers has none to be found.
      if (started.status !== 0) this.skip();
      pid = (JSON.parse(run(tool, 'state', name).output) as { pid: number }).pid;
    });
    after(() => {
      if (bundle === '') return;
      if (pid !== 0) run(tool, 'delete', '--force', name);
      fs.rmSync(bundle, { recursive: true, force: true });
    });

    it('is found with its namespaces, its two PIDs, and its name', async () => {
      const snapshot = await scanMachine();
      assert.deepEqual(processOf(snapshot, pid).pidChain, [pid, 1]);
      for (const kind of ['pid', 'mnt', 'uts', 'ipc', 'net'] as const) {
        const found = namespaceOf(snapshot, inode(pid, kind));
        assert.equal(found.kind, kind);
        assert.equal(found.processCount, 1);
        assert.deepEqual(found.maker, { tool, name }, kind);
      }
    });
  });
}

function run(tool: string, ...args: string[]): { status: number | null; output: string } {
  const { status, stdout } = spawnSync(tool, args, {
    encoding: 'utf8',
    timeout: 20_000,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return { status, output: stdout };
}

interface Config {
  process: { terminal: boolean; args: string[] };
  mounts: { destination: string; type: string; source?: string; options?: string[] }[];
  linux: { namespaces: { type: string }[]; resources?: unknown };
}

/** The host's programs, read only, and nothing else; the runtime's own `spec` makes the rest. */
function makeBundle(tool: string, folder: string): void {
  const root = path.join(folder, 'rootfs');
  for (const each of ['usr', 'proc', 'dev', 'sys']) fs.mkdirSync(path.join(root, each), { recursive: true });
  for (const each of ['bin', 'lib', 'lib64']) fs.symlinkSync(`usr/${each}`, path.join(root, each));
  assert.equal(spawnSync(tool, ['spec'], { cwd: folder }).status, 0);
  const file = path.join(folder, 'config.json');
  const config = JSON.parse(fs.readFileSync(file, 'utf8')) as Config;
  config.process.terminal = false;
  config.process.args = ['sleep', 'infinity'];
  config.mounts.push({ destination: '/usr', type: 'bind', source: '/usr', options: ['rbind', 'ro'] });
  if (tool === 'crun') {
    config.mounts = config.mounts.filter(({ type }) => type !== 'cgroup');
    config.linux.namespaces = config.linux.namespaces.filter(({ type }) => type !== 'cgroup');
    delete config.linux.resources;
  }
  fs.writeFileSync(file, JSON.stringify(config));
}
