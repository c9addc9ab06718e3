import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import { nativeFolder } from '../../src/kernel/native';
import type { Profile } from '../../src/runtime/profile';
import { killHelpers } from './helper';
import { after, errno, opens, refused } from './refusing';

const connected: Partial<Profile> = { namespaces: ['user', 'mnt', 'net'], map: 'root', network: 'user' };

/** Parts that a profile has beside its namespaces. */
describe('what is refused for the sake of a part', () => {
  afterEach(killHelpers);

  describe('the network', () => {
    it('there is no program for it', async () => {
      const nowhere = ['env', 'PATH=/nowhere'];
      const { failure, words } = await refused(nowhere, 'nothing', 0, connected);
      assert.deepEqual([failure.step, failure.code], ['user_network', 'ENOENT']);
      assert.match(words.what, /could not be connected with the network/);
      assert.match(words.why, /not installed: slirp4netns, pasta/);
      assert.match(words.remedy, /install/);
    });

    it('there is no /dev/net/tun', async function () {
      if (!isInstalled('slirp4netns')) this.skip();
      const covered = after('{ [ ! -d /dev/net ] || mount -t tmpfs none /dev/net; }', '-m');
      const { failure, words } = await refused(covered, 'nothing', 0, connected);
      assert.equal(failure.step, 'user_network');
      assert.match(words.why, /\/dev\/net\/tun is not there/);
      assert.match(words.remedy, /--device \/dev\/net\/tun/);
    });

    it('the program fails for another reason, and is quoted', async function () {
      if (!isInstalled('slirp4netns') || !mayUseTun()) this.skip();
      const { failure, words } = await refused([], 'make_tap', errno.EBUSY, connected);
      assert.equal(failure.step, 'user_network');
      assert.match(words.why, /has failed: .*(busy|tap|TUNSETIFF)/i);
    });
  });

  it('the library lies on a file system from which nothing is executed', async () => {
    const folder = nativeFolder();
    const line = `mount --bind '${folder}' '${folder}' && mount -o remount,bind,noexec '${folder}'`;
    const { failure, words } = await refused(after(line, '-m'), 'cold', 0, 'anton');
    assert.equal(failure.step, 'load_library');
    assert.match(words.what, /native library could not be loaded/);
    assert.match(words.why, /allows no programs \(noexec\)/);
    assert.match(words.remedy, /without noexec/);
    assert.equal(words.machine, undefined);
  });

  it('a clock cannot be set before its beginning', async () => {
    const moved = (boottime: number): Partial<Profile> => ({
      namespaces: ['user', 'time'],
      map: 'root',
      timeOffsets: { monotonic: 0, boottime },
    });
    await opens([], 'nothing', 0, moved(3600));
    const { failure, words } = await refused([], 'nothing', 0, moved(-1e9));
    assert.deepEqual([failure.step, failure.code], ['write_timens_offsets', 'ERANGE']);
    assert.match(words.what, /clocks could not be moved/);
    assert.match(words.why, /set a clock before zero/);
    assert.match(words.remedy, /timeOffsets/);
  });
});

function isInstalled(name: string): boolean {
  return ['/usr/bin', '/usr/sbin', '/usr/local/bin'].some((folder) => fs.existsSync(`${folder}/${name}`));
}

function mayUseTun(): boolean {
  try {
    fs.accessSync('/dev/net/tun', fs.constants.R_OK | fs.constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
