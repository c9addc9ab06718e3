import * as assert from 'node:assert/strict';
import { parseClockOffsets } from '../../src/kernel/forChildren';
import { mountAt, parseMountInfo } from '../../src/kernel/mountInfo';
import { parseAddresses, parseDevices } from '../../src/kernel/networkOf';

/** Files of /proc/PID, as the kernel writes them. */
describe('/proc about a process', () => {
  it('mounts: optional fields do not shift the type, and odd characters come back', () => {
    const rows = parseMountInfo(
      '62 61 8:1 /home/a\\040b /mnt/two\\012lines rw,relatime shared:1 master:2 - ext4 /dev/sda1 rw\n' +
        '63 45 0:39 / /proc rw,nosuid - proc proc rw\n\nbroken\n',
    );
    assert.deepEqual(rows, [
      { device: '8:1', root: '/home/a b', path: '/mnt/two\nlines', type: 'ext4' },
      { device: '0:39', root: '/', path: '/proc', type: 'proc' },
    ]);
  });

  it('mounts: of two at one place the later one is seen', () => {
    const rows = parseMountInfo('1 0 0:5 / /proc rw - proc proc rw\n2 1 0:39 / /proc rw - proc proc rw\n');
    assert.equal(mountAt(rows, '/proc')?.device, '0:39');
    assert.equal(mountAt(rows, '/sys'), undefined);
  });

  it('network: the interfaces, also one with a colon in its name', () => {
    const dev = 'Inter-|   Receive |  Transmit\n face |bytes |bytes\n    lo:       0 0\neth0:1:  12 3\n';
    assert.deepEqual(parseDevices(dev), ['lo', 'eth0:1']);
  });

  it('network: own addresses, and no broadcast address or network', () => {
    const trie =
      'Main:\n  +-- 127.0.0.0/8 2 0 2\n     |-- 127.0.0.0\n        /8 host LOCAL\n' +
      '     |-- 127.0.0.1\n        /32 host LOCAL\n     |-- 127.255.255.255\n        /32 link BROADCAST\n' +
      'Local:\n     |-- 127.0.0.1\n        /32 host LOCAL\n';
    assert.deepEqual(parseAddresses(trie), ['127.0.0.1']);
    assert.deepEqual(parseAddresses(''), []);
  });

  it('clocks: seconds and nanoseconds', () => {
    const text = 'monotonic           0         0\nboottime        -86400         500000000\n';
    assert.deepEqual(parseClockOffsets(text), { monotonic: 0, boottime: -86399.5 });
  });
});
