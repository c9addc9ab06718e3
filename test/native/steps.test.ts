import * as assert from 'node:assert/strict';
import type { ProfileName } from '../../src/runtime/profiles';
import type { StepRecord, TerminalInfo } from '../../src/runtime/runtime';
import { request, TestRuntime, ways, type Way } from './support';

const before = ['open_pty', 'socketpair', 'map_stack'];
const beforeGuard = ['open_pty', 'socketpair', 'open_guard', 'map_stack'];
const guard = ['clone_guard', 'reset_signals', 'close_fds', 'set_child_subreaper'];
const first = ['reset_signals', 'close_fds', 'set_pdeathsig'];
const maps = ['wait_for_maps', 'write_setgroups', 'write_gid_map', 'write_uid_map'];
const last = ['set_pdeathsig', 'setsid', 'controlling_terminal', 'stdio', 'chdir', 'execve'];

const expected: Record<Way, readonly string[]> = {
  plain: [...beforeGuard, ...guard, 'clone', ...first, ...last],
  user: [...beforeGuard, ...guard, 'clone', ...first, ...last],
  root: [...beforeGuard, ...guard, 'clone', ...first, ...maps, ...last],
  pid: [...before, 'clone', ...first, ...maps, ...last],
  anton: [
    ...[...before, 'clone', ...first, ...maps],
    ...['sethostname', 'private_mounts', 'mount_proc', ...last],
  ],
  all: [
    ...[...before, 'clone', ...first, ...maps, 'unshare_cgroup', 'unshare_time', 'lo_up'],
    ...['sethostname', 'private_mounts', 'mount_proc', ...last],
  ],
  joined: [
    ...['open_pty', 'socketpair', 'open_guard', 'open_namespaces', 'map_stack', ...guard],
    ...['setns', 'clone', ...first, 'setns', ...last],
  ],
};

/** The panel shows how a terminal was made, so the steps are what happened. */
describe('the steps of making a terminal', () => {
  const runtime = new TestRuntime();
  afterEach(() => runtime.closeAll());

  for (const way of ways) {
    it(`${way}: every step is told once, none with an error`, async () => {
      const { steps } = await runtime.openIn(way, { command: ['sleep', 'infinity'] });
      assert.deepEqual([...names(steps)].sort(), [...expected[way]].sort());
      assert.deepEqual(
        steps.filter((step) => step.code !== '' || step.duration < 0 || step.begin < 0),
        [],
      );
    });

    it(`${way}: they are told in the order in which they began`, async () => {
      const { steps } = await runtime.openIn(way, { command: ['sleep', 'infinity'] });
      const begins = steps.map((step) => step.begin);
      assert.deepEqual(
        begins,
        [...begins].sort((a, b) => a - b),
      );
      const own = expected[way].filter((step) => !maps.includes(step));
      assert.deepEqual(
        names(steps).filter((step) => !maps.includes(step)),
        own,
      );
    });
  }

  for (const profile of ['root', 'pid', 'anton'] satisfies ProfileName[]) {
    it(`${profile}: the maps are written in their order, while the first process waits`, async () => {
      const info = await runtime.open(request(profile, { command: ['sleep', 'infinity'] }));
      const writes = ['write_setgroups', 'write_gid_map', 'write_uid_map'];
      assert.deepEqual(
        names(info.steps).filter((step) => writes.includes(step)),
        writes,
      );
      const waited = endOf(info, 'wait_for_maps');
      for (const write of writes) assert.ok(endOf(info, write) <= waited, `${write} came late`);
    });
  }
});

function names(steps: readonly StepRecord[]): string[] {
  return steps.map((step) => step.step);
}

function endOf(info: TerminalInfo, name: string): number {
  const step = info.steps.find((each) => each.step === name);
  assert.ok(step, name);
  return step.begin + step.duration;
}
