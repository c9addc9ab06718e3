import * as assert from 'node:assert/strict';
import { profileNames } from '../../src/runtime/profiles';
import { killHelpers } from './helper';
import { after, assertNothingLeft, attemptIn, errno, opens, refused } from './refusing';

const isolated = profileNames.filter((profile) => profile !== 'plain');

/** The kernel refuses for real, and each refusal is told as what it is, with nothing half-made left behind. */
describe('what the kernel refuses', () => {
  afterEach(killHelpers);

  describe('no user namespaces: max_user_namespaces is 0', () => {
    const none = after('echo 0 > /proc/sys/user/max_user_namespaces');

    for (const profile of isolated) {
      it(`${profile}: ENOSPC means that, and no full disk`, async () => {
        const { failure, words } = await refused(none, 'nothing', 0, profile);
        assert.deepEqual(failure, { step: 'clone', code: 'ENOSPC' });
        assert.match(
          words.why,
          /user\.max_user_namespaces is 0\. “No space left on device” means this limit, not a disk/,
        );
        assert.match(words.remedy, /profile plain works/);
      });
    }

    it('plain works, as the words say', () => opens(none, 'nothing', 0, 'plain'));
  });

  describe('a seccomp filter, as in a container', () => {
    const answers = [
      ['EPERM', /seccomp filter/],
      ['EACCES', /seccomp filter/],
      ['ENOSYS', /seccomp filter/],
      ['ENOMEM', /no memory left/],
    ] as const;
    for (const [code, why] of answers) {
      for (const profile of isolated) {
        it(`${profile}: ${code} is told with its cause`, async () => {
          const { failure, words } = await refused([], 'clone', errno[code], profile);
          assert.deepEqual(failure, { step: 'clone', code });
          assert.match(words.why, why);
        });
      }
    }

    it('plain works, as the words say', () => opens([], 'clone', errno.EPERM, 'plain'));
  });

  it('no pseudoterminal is left', async () => {
    const one = after('mount -t devpts -o newinstance,ptmxmode=0666,max=1 none /dev/pts', '-m');
    const { failure, words } = await refused(one, 'another', 0, 'anton');
    assert.deepEqual(failure, { step: 'open_pty', code: 'ENOSPC' });
    assert.match(words.what, /no pseudoterminal left/);
  });

  it('no descriptor is left, at whichever step', async () => {
    const steps = new Set<string>();
    const small = ['sh', '-c', 'ulimit -n 80; exec "$@"', 'sh'];
    for (const profile of ['plain', 'anton'] as const) {
      for (let left = 0; ; left++) {
        const attempt = await attemptIn(small, 'descriptors', left, profile);
        assertNothingLeft(attempt);
        if (!attempt.failure) break;
        assert.equal(attempt.failure.code, 'EMFILE');
        steps.add(attempt.failure.step);
      }
    }
    for (const step of ['open_pty', 'socketpair', 'clone']) assert.ok(steps.has(step), step);
  });

  it('no new privileges: a terminal needs none', () =>
    opens(['setpriv', '--no-new-privs'], 'nothing', 0, 'anton'));

  it('a process whose own directory was removed can still open terminals', () =>
    opens([], 'nowhere', 0, 'anton'));

  it('terminals open in a user namespace too, and there in another', () =>
    opens(after('true'), 'nothing', 0, 'anton'));
});
