import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import type { Profile } from '../../src/runtime/profile';
import { currentPerson } from '../../src/runtime/profileMaps';
import { parseSubordinateIds } from '../../src/runtime/subordinateIds';
import { killHelpers } from './helper';
import { after, opens, refused } from './refusing';

const person = currentPerson();
const ranges: Partial<Profile> = { map: 'ranges' };

/** Who may have which ids, and what is needed to have them mapped. */
describe('what is refused for the sake of ids', () => {
  afterEach(killHelpers);

  describe('a process whose own ids are not mapped', () => {
    for (const [title, flags] of [
      ['neither uid nor gid', ['-U']],
      ['no gid', ['-U', '--map-user=0']],
    ] as const) {
      it(title, async () => {
        const { failure, words } = await refused(['unshare', ...flags], 'nothing', 0, 'anton');
        assert.deepEqual(failure, { step: 'clone', code: 'EPERM' });
        assert.match(words.why, /its own uid or gid is not mapped/);
        assert.match(words.remedy, /started with both mapped/);
      });
    }
  });

  it('root without CAP_SETFCAP maps no root', async () => {
    const without = ['unshare', '-Ur', 'setpriv', '--bounding-set=-setfcap', '--inh-caps=-setfcap'];
    const { failure, words } = await refused(without, 'nothing', 0, 'anton');
    assert.deepEqual([failure.step, failure.code], ['write_uid_map', 'EPERM']);
    assert.match(words.why, /does not have the capability CAP_SETFCAP/);
    assert.match(words.remedy, /--cap-add SETFCAP/);
  });

  it('capabilities of the host are not for everybody to give up', async () => {
    const without = ['unshare', '-Ur', 'setpriv', '--bounding-set=-setpcap', '--inh-caps=-setpcap'];
    const profile: Partial<Profile> = { namespaces: [], dropCapabilities: ['ALL'] };
    await opens(after('true'), 'nothing', 0, profile);
    const { failure, words } = await refused(without, 'nothing', 0, profile);
    assert.deepEqual([failure.step, failure.code], ['drop_capabilities', 'EPERM']);
    assert.match(words.what, /capabilities could not be given up/);
    assert.match(words.why, /does not have the capability CAP_SETPCAP/);
    assert.match(words.remedy, /profile with a user namespace/);
  });

  describe('subordinate ids', () => {
    const granting = (line: string): string[] =>
      after(`mount -t tmpfs none /etc && echo '${line}' | tee /etc/subuid > /etc/subgid`, '-m');

    it('nobody grants any', async () => {
      const { failure, words } = await refused(granting('someone-else:100000:65536'), 'nothing', 0, ranges);
      assert.deepEqual(failure, { step: 'subordinate_ids', code: '', subject: '/etc/subuid' });
      assert.match(words.what, /ranges of ids could not be mapped/);
      assert.match(words.why, /\/etc\/subuid grants you no further ids\.$/);
      assert.match(words.remedy, /usermod --add-subuids/);
    });

    it('the line that would grant them cannot be read', async () => {
      const { words } = await refused(granting('root:many:65536'), 'nothing', 0, ranges);
      assert.match(words.why, /unreadable lines: 1/);
    });

    it('this process runs in a user namespace that has them not', async () => {
      const { failure, words } = await refused(granting('0:100000:65536'), 'nothing', 0, ranges);
      assert.equal(failure.code, 'EPERM');
      assert.match(failure.step, /^write_(setgroups|gid_map)$/);
      assert.match(words.why, /runs in a user namespace itself.* those ids are not in it/);
      assert.match(words.remedy, /a profile without ranges/);
    });
  });

  /** For root the kernel takes ranges from Anton itself. */
  describe('newuidmap and newgidmap, which serve ordinary users', () => {
    let folder: string;

    before(function () {
      if (person.uid === 0 || !isGranted('/etc/subuid') || !isGranted('/etc/subgid')) this.skip();
    });
    beforeEach(() => (folder = fs.mkdtempSync(path.join(os.tmpdir(), 'anton-'))));
    afterEach(() => {
      fs.rmSync(folder, { recursive: true });
    });

    it('work', () => opens([], 'nothing', 0, ranges));

    it('are not installed', async () => {
      const { failure, words } = await refused(['env', `PATH=${folder}`], 'nothing', 0, ranges);
      assert.deepEqual([failure.step, failure.code], ['find_newgidmap', 'ENOENT']);
      assert.match(words.why, /program that is not installed: newuidmap, newgidmap/);
    });

    it('have lost the privilege of their files', async () => {
      for (const name of ['newuidmap', 'newgidmap'])
        fs.copyFileSync(`/usr/bin/${name}`, path.join(folder, name));
      const { failure, words } = await refused(['env', `PATH=${folder}`], 'nothing', 0, ranges);
      assert.deepEqual([failure.step, failure.code], ['newgidmap', 'EPERM']);
      assert.match(words.why, /newgidmap is not setuid root/);
      assert.match(words.remedy, /install it again/);
    });

    it('gain no privilege under no_new_privs', async () => {
      const { failure, words } = await refused(['setpriv', '--no-new-privs'], 'nothing', 0, ranges);
      assert.deepEqual([failure.step, failure.code], ['newgidmap', 'EPERM']);
      assert.match(words.why, /no_new_privs.*newgidmap needs those of its file/);
      assert.match(words.remedy, /NoNewPrivileges=no/);
    });

    it('find no root in a user namespace that maps none', async () => {
      const { failure, words } = await refused(['unshare', '-U', '--map-current-user'], 'nothing', 0, ranges);
      assert.deepEqual([failure.step, failure.code], ['newgidmap', 'EPERM']);
      assert.match(words.why, /runs in a user namespace itself/);
    });

    it('refuse ids that are somebody else’s, and are quoted', async () => {
      const map = [{ inside: 0, outside: 100_000, length: 1000 }];
      const { failure, words } = await refused([], 'nothing', 0, { map: { uid: map, gid: map } });
      assert.deepEqual([failure.step, failure.code], ['newgidmap', 'EPERM']);
      assert.match(words.why, /has failed: newgidmap: gid range .* not allowed/);
    });
  });
});

function isGranted(file: string): boolean {
  const text = fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : '';
  return parseSubordinateIds(text, person.name, person.uid).length > 0;
}
