import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import type { Profile } from '../../src/runtime/profile';
import { killHelpers } from './helper';
import { after, opens, refused } from './refusing';

const isRoot = process.geteuid?.() === 0;

/** Somebody who is neither root nor the student. */
const stranger = 12_345;

/** The folders and files that a profile names are not what it takes them for. */
describe('what is refused for the sake of files', () => {
  let folder: string;

  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'anton-'));
    fs.writeFileSync(path.join(folder, 'file'), '');
    fs.symlinkSync('circle', path.join(folder, 'circle'));
    fs.mkdirSync(path.join(folder, 'closed'), { mode: 0o700 });
    // Its own folder would stay open to root, also to that of a user namespace in which its owner is mapped.
    if (isRoot) fs.chownSync(path.join(folder, 'closed'), stranger, stranger);
    else fs.chmodSync(path.join(folder, 'closed'), 0);
    fs.chmodSync(folder, 0o755);
  });
  afterEach(() => {
    killHelpers();
    fs.rmSync(folder, { recursive: true });
  });

  /** For whom a closed folder is closed. */
  const outsider = isRoot ? after('true') : [];

  const sources = [
    ['missing', 'ENOENT', /does not exist/],
    ['file/below', 'ENOTDIR', /only on a folder/],
    ['closed/inside', 'EACCES', /may not enter it/],
    ['circle', 'ELOOP', /lead in a circle/],
  ] as const;
  for (const [name, code, why] of sources) {
    it(`a bind: ${code}`, async () => {
      const source = path.join(folder, name);
      const binds = [{ source, target: '/mnt', writable: true }];
      const { failure, words } = await refused(outsider, 'nothing', 0, { binds });
      assert.deepEqual(failure, { step: 'bind', code, subject: source });
      assert.equal(words.what, `${source} cannot be mounted inside (${code}).`);
      assert.match(words.why, why);
      assert.match(words.remedy, /Change the binds of the profile/);
    });
  }

  const roots = [
    ['missing', 'ENOENT', /does not exist/],
    ['file', 'ENOTDIR', /is not a directory/],
    ['closed/inside', 'EACCES', /may not enter it/],
    ['circle', 'ELOOP', /lead in a circle/],
  ] as const;
  for (const [name, code, why] of roots) {
    it(`a root directory: ${code}`, async () => {
      const root = { path: path.join(folder, name), access: 'read-only' } as const;
      const { failure, words } = await refused(outsider, 'nothing', 0, { root });
      assert.deepEqual(failure, { step: 'root_directory', code, subject: root.path });
      assert.match(words.why, why);
    });
  }

  it('a folder is bound on a file', async () => {
    const target = path.join(folder, 'file');
    const binds = [{ source: '/usr', target, writable: true }];
    const { failure, words } = await refused([], 'nothing', 0, { binds });
    assert.deepEqual(failure, { step: 'bind', code: 'ENOTDIR', subject: target });
    assert.match(words.why, /A folder is mounted only on a folder/);
  });

  describe('a place for a mount that is not there, and cannot be made', () => {
    const bound: Partial<Profile> = { binds: [{ source: '/usr', target: '/mnt/new', writable: true }] };
    const cases = [
      ['on a read-only file system', 'ro', 'EROFS', /does not exist yet, and the file system is read-only/],
      ['on a full one', 'nr_inodes=1', 'ENOSPC', /file system is full, or allows no more files/],
    ] as const;
    for (const [title, options, code, why] of cases) {
      it(title, async () => {
        const place = after(`mount -t tmpfs -o ${options} none /mnt`, '-m');
        const { failure, words } = await refused(place, 'nothing', 0, bound);
        assert.deepEqual(failure, { step: 'make_mount_point', code, subject: '/mnt/new' });
        assert.equal(words.what, `/mnt/new could not be made as a place for a mount (${code}).`);
        assert.match(words.why, why);
      });
    }

    it('in somebody else’s folder', async () => {
      const theirs = isRoot ? path.join(folder, 'theirs') : '/usr';
      if (isRoot) fs.mkdirSync(theirs, { mode: 0o755 });
      if (isRoot) fs.chownSync(theirs, stranger, stranger);
      const target = path.join(theirs, 'anton-new');
      const binds = [{ source: '/usr', target, writable: true }];
      const { failure, words } = await refused([], 'nothing', 0, { binds });
      assert.deepEqual(failure, { step: 'make_mount_point', code: 'EACCES', subject: target });
      assert.match(words.why, /may not write to the folder/);
      assert.match(words.remedy, /Create it beforehand, or use .* temporary/);
    });
  });

  describe('a temporary root directory', () => {
    it('of a folder with mounts below it', async () => {
      const root = { path: '/', access: 'temporary' } as const;
      const { failure, words } = await refused([], 'nothing', 0, { root });
      assert.deepEqual([failure.step, failure.code], ['mount_overlay', 'EINVAL']);
      assert.match(words.why, /on an overlay, or has other mounts below it/);
      assert.match(words.remedy, /another root directory, or access read-only/);
    });

    it('of an overlay that lies on an overlay', async () => {
      const overlay = (lower: string, n: number): string =>
        `mkdir /mnt/u${n} /mnt/w${n} /mnt/${n} && mount -t overlay none /mnt/${n} ` +
        `-o lowerdir=${lower},upperdir=/mnt/u${n},workdir=/mnt/w${n},userxattr`;
      const one = ['mount -t tmpfs none /mnt', overlay('/usr', 1)].join(' && ');
      const two = [one, overlay('/mnt/1', 2)].join(' && ');
      const of = (n: number): Partial<Profile> => ({ root: { path: `/mnt/${n}`, access: 'temporary' } });
      await opens(after(one, '-m'), 'nothing', 0, of(1));
      const { failure, words } = await refused(after(two, '-m'), 'nothing', 0, of(2));
      assert.deepEqual([failure.step, failure.code], ['mount_overlay', 'EINVAL']);
      assert.match(words.why, /on an overlay/);
    });
  });

  describe('a chroot', () => {
    /** sh: all of the root directory again in a folder, which is no mount point. */
    const again =
      'mount -t tmpfs none /mnt && mkdir /mnt/root && cd / && for each in *; do ' +
      'if [ -L $each ]; then cp -P $each /mnt/root; ' +
      'elif [ -d $each ] && [ $each != mnt ]; then mkdir /mnt/root/$each && mount --rbind $each /mnt/root/$each; ' +
      'fi; done && set -- chroot /mnt/root "$@"';
    const jail = after(again, '-m');

    it('has no user namespaces', async () => {
      const { failure, words } = await refused(jail, 'nothing', 0, 'anton');
      assert.deepEqual(failure, { step: 'clone', code: 'EPERM' });
      assert.match(words.why, /runs in a chroot, where the kernel makes no user namespaces/);
      assert.match(words.remedy, /outside of the chroot.* profile plain works/);
    });

    it('has no mounts of its own', async () => {
      const { failure, words } = await refused(jail, 'nothing', 0, { namespaces: ['mnt'] });
      assert.deepEqual(failure, { step: 'private_mounts', code: 'EINVAL', subject: '/' });
      assert.match(words.why, /runs in a chroot/);
    });

    it('has plain terminals, as the words say', () => opens(jail, 'nothing', 0, 'plain'));
  });
});
