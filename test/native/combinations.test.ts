import * as assert from 'node:assert/strict';
import { Failure } from '../../src/kernel/failure';
import { namespaceKinds, type NamespaceKind } from '../../src/kernel/kinds';
import { readNamespaces } from '../../src/kernel/proc';
import type { Profile } from '../../src/runtime/profile';
import { request, TestRuntime } from './support';

const isRoot = process.geteuid?.() === 0;

/** Every set of kinds either starts and is what it says, or is refused for a reason that is known beforehand. */
describe('all 256 combinations of kinds', () => {
  const runtime = new TestRuntime();
  afterEach(() => runtime.closeAll());

  for (let first = 0; first < 256; first += 32) {
    const sets = Array.from({ length: 32 }, (_, i) => kindsOf(first + i));
    it(`${first} to ${first + 31}`, async () => {
      for (const kinds of sets) await check(runtime, kinds);
    });
  }
});

async function check(runtime: TestRuntime, kinds: readonly NamespaceKind[]): Promise<void> {
  const what = kinds.join('+') || 'none';
  const needsUser = kinds.length > 0 && !kinds.includes('user') && !isRoot;
  try {
    const info = await runtime.open(request('plain', { profile: profileOf(kinds), command: ['cat'] }));
    assert.ok(!needsUser, `${what} has to be refused to an ordinary user`);
    const host = readNamespaces('self');
    const inside = readNamespaces(info.pid);
    const own = namespaceKinds.filter((kind) => inside[kind] !== host[kind]);
    assert.deepEqual(own, kinds, what);
    await runtime.close(info.id);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    assert.ok(needsUser, `${what}: ${error.message}`);
    assert.equal(error.code, 'EPERM', what);
    assert.match(error.step, /^(clone|unshare_cgroup|unshare_time)$/, what);
  }
}

function kindsOf(bits: number): NamespaceKind[] {
  return namespaceKinds.filter((_, i) => (bits >> i) & 1);
}

function profileOf(namespaces: readonly NamespaceKind[]): Profile {
  const has = (kind: NamespaceKind): boolean => namespaces.includes(kind);
  return {
    name: 'test',
    namespaces,
    map: has('user') ? 'root' : 'none',
    freshProc: has('pid') && has('mnt'),
    ...(has('uts') ? { hostname: 'inside' } : {}),
    ...(has('time') ? { timeOffsets: { monotonic: 86400, boottime: 86400 } } : {}),
  };
}
