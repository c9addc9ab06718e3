import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import { namespaceKinds } from '../../src/kernel/kinds';
import { killHelpers } from './helper';
import { after, opens, refused } from './refusing';

/** sh: goes down into as many user namespaces as the kernel makes in each other. */
const deepest =
  'if unshare -Ur true 2>/dev/null; then exec unshare -Ur sh -c "$0" "$0" "$@"; else exec "$@"; fi';

/** sh: a mount namespace with so many mounts that copying the root directory would make too many (fs.mount-max). */
const manyMounts =
  'mount -t tmpfs none /mnt && cd /mnt && max=$(cat /proc/sys/fs/mount-max) && n=1 && ' +
  'while [ $((n * 2)) -lt $max ]; do mkdir $n && mount --rbind . $n && n=$((n * 2)); done && cd /';

/** ENOSPC and EAGAIN have a limit behind them, and the words name it. */
describe('what a limit refuses', () => {
  afterEach(killHelpers);

  for (const kind of namespaceKinds.filter((each) => each !== 'user')) {
    it(`max_${kind}_namespaces is 0`, async () => {
      const none = after(`echo 0 > /proc/sys/user/max_${kind}_namespaces`);
      const { failure, words } = await refused(none, 'nothing', 0, 'all');
      const step = kind === 'cgroup' || kind === 'time' ? `unshare_${kind}` : 'clone';
      assert.deepEqual([failure.step, failure.code], [step, 'ENOSPC']);
      assert.ok(
        words.why.includes(
          `user.max_${kind}_namespaces is 0. “No space left on device” means this limit, not a disk`,
        ),
        words.why,
      );
      assert.match(words.remedy, /profile plain works/);
      await opens(none, 'nothing', 0, 'plain');
    });
  }

  it('as many namespaces as max_user_namespaces allows are there', async () => {
    const one = after('echo 1 > /proc/sys/user/max_user_namespaces');
    await opens(one, 'nothing', 0, 'anton');
    const { failure, words } = await refused(one, 'isolated', 0, 'anton');
    assert.deepEqual(failure, { step: 'clone', code: 'ENOSPC' });
    assert.match(
      words.why,
      /limit on the number or the depth of namespaces is reached\. “No space left on device” means this limit, not a disk/,
    );
    assert.match(words.remedy, /Close other isolated terminals/);
  });

  it('user namespaces lie in each other as deep as they may', async () => {
    const { failure, words } = await refused(['sh', '-c', deepest, deepest], 'nothing', 0, 'anton');
    assert.deepEqual(failure, { step: 'clone', code: 'ENOSPC' });
    assert.match(words.why, /limit on the number or the depth/);
  });

  it('a mount namespace has as many mounts as it may', async () => {
    const root = { path: '/', access: 'read-only' } as const;
    const { failure, words } = await refused(after(manyMounts, '-m'), 'nothing', 0, { root });
    assert.deepEqual([failure.step, failure.code], ['bind_root', 'ENOSPC']);
    assert.match(
      words.why,
      /no more mounts \(fs\.mount-max\)\. “No space left on device” means this limit, not a disk/,
    );
  });

  it('an ordinary user has as many processes as ulimit -u allows', async function () {
    // The kernel counts none for root (copy_process() of kernel/fork.c).
    if (process.geteuid?.() === 0) this.skip();
    const { failure, words } = await refused([], 'processes', 1, 'anton');
    assert.deepEqual([failure.step, failure.code], ['clone', 'EAGAIN']);
    assert.match(words.why, /may start no more/);
    assert.match(words.remedy, /ulimit -u/);
  });

  it('a cgroup has as many others below as cgroup.max.descendants allows', async function () {
    const top = cgroup2();
    if (top === undefined || process.geteuid?.() !== 0) this.skip();
    const folder = `${top}/anton-test-${process.pid}`;
    const inside = [
      'sh',
      '-c',
      'echo 0 > "$0/cgroup.max.descendants" && echo $$ > "$0/cgroup.procs" && exec "$@"',
    ];
    fs.mkdirSync(folder);
    try {
      // No controller is needed for no limit, so that it does not matter which ones are there.
      const { failure, words } = await refused([...inside, folder], 'nothing', 0, { limits: {} });
      assert.deepEqual([failure.step, failure.code], ['limits', 'EAGAIN']);
      assert.match(words.why, /cgroup\.max\.descendants/);
      assert.match(words.what, /limits of the profile cannot be kept/);
    } finally {
      fs.rmdirSync(folder);
    }
  });

  it('cgroup v2 is not there', async () => {
    const covered = after('mount -t tmpfs none /sys/fs/cgroup', '-m');
    const { failure, words } = await refused(covered, 'nothing', 0, { limits: { processes: 64 } });
    assert.deepEqual([failure.step, failure.code], ['limits', '']);
    assert.match(words.why, /Limits need cgroup v2/);
  });
});

/** Where cgroup v2 is mounted for this process. */
function cgroup2(): string | undefined {
  const lines = fs.readFileSync('/proc/self/mountinfo', 'utf8').split('\n');
  return lines.find((line) => line.includes(' - cgroup2 '))?.split(' ')[4];
}
