import * as assert from 'node:assert/strict';
import { killHelpers } from './helper';
import { after, opens, refused } from './refusing';

/** Through /proc the maps are written, and the kernel mounts no fresh one that would show more than this one does. */
describe('what a crippled /proc refuses', () => {
  afterEach(killHelpers);

  const shapes: readonly (readonly [string, string])[] = [
    ['covered by a folder', 'mount -t tmpfs none /proc/sys'],
    ['covered by a device, as Docker masks a file', 'mount --bind /dev/null /proc/interrupts'],
    ['read-only in parts', 'mount --bind /proc/sys /proc/sys && mount -o remount,bind,ro /proc/sys'],
  ];
  for (const [title, line] of shapes) {
    const covered = after(line, '-m');

    it(`${title}: the fresh /proc is refused, and the words name the profile that works`, async () => {
      const { failure, words } = await refused(covered, 'nothing', 0, 'anton');
      assert.deepEqual(failure, { step: 'mount_proc', code: 'EPERM', subject: '/proc' });
      assert.match(words.what, /^A fresh \/proc could not be mounted \(EPERM\)/);
      assert.match(words.why, /covered or read-only/);
      assert.match(words.remedy, /Use the profile pid/);
    });

    it(`${title}: pid works, as the words say`, () => opens(covered, 'nothing', 0, 'pid'));
  }

  describe('read-only as a whole', () => {
    const readOnly = after('mount -o remount,bind,ro /proc', '-m');

    for (const profile of ['root', 'pid', 'anton', 'all'] as const) {
      it(`${profile}: the maps cannot be written, and the words name the profile that works`, async () => {
        const { failure, words } = await refused(readOnly, 'nothing', 0, profile);
        assert.deepEqual([failure.step, failure.code], ['write_setgroups', 'EROFS']);
        assert.match(words.what, /^The id maps could not be written \(write_setgroups: EROFS\)/);
        assert.match(words.why, /\/proc is read-only here/);
        assert.match(words.remedy, /Use the profile user.* profile plain works/);
      });
    }

    it('user and plain work, as the words say', async () => {
      await opens(readOnly, 'nothing', 0, 'user');
      await opens(readOnly, 'nothing', 0, 'plain');
    });
  });

  it('hidepid hides nothing that is needed', () =>
    opens(after('mount -t proc -o hidepid=2 none /proc', '-mpf'), 'nothing', 0, 'anton'));
});
