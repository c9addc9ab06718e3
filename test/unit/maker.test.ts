import * as assert from 'node:assert/strict';
import { recognizeMaker, type MakerClues } from '../../src/inspect/maker';
import { parseHidepid } from '../../src/inspect/takeSnapshot';

const id = '0123456789ab'.padEnd(64, 'c');
const short = '0123456789ab';

function maker(clues: {
  cgroup?: string;
  container?: string;
  args?: string[];
  name?: string;
  ancestors?: string[];
  paths?: string[];
}): string | undefined {
  const { cgroup = '0::/', container = '', args = [], name = 'sh', ancestors = [], paths = [] } = clues;
  const all: MakerClues = { leader: { args, cgroup, container }, name, ancestors, paths };
  const found = recognizeMaker(all);
  return found && [found.tool, found.name].filter(Boolean).join(' ');
}

describe('the maker of a namespace', () => {
  const byGroup: Record<string, string | undefined> = {
    [`0::/system.slice/docker-${id}.scope`]: `docker ${short}`,
    [`12:pids:/docker/${id}\n0::/`]: `docker ${short}`,
    [`0::/user.slice/user-1000.slice/user@1000.service/user.slice/libpod-${id}.scope/container`]: `podman ${short}`,
    [`0::/machine.slice/libpod-${id}.scope`]: `podman ${short}`,
    [`0::/kubepods.slice/kubepods-burstable.slice/kubepods-pod1.slice/cri-containerd-${id}.scope`]: `kubernetes ${short}`,
    [`0::/kubepods/besteffort/pod7f/${id}`]: `kubernetes ${short}`,
    [`0::/lxc.payload.web/init.scope`]: 'lxc web',
    '0::/machine.slice/systemd-nspawn@debian.service/payload': 'nspawn debian',
    '0::/user.slice/app.slice/app-flatpak-org.gnome.Maps-4711.scope': 'flatpak org.gnome.Maps',
    '0::/user.slice/app.slice/snap.firefox.firefox-1f2e.scope': 'snap firefox',
    '0::/system.slice/systemd-timesyncd.service': 'systemd systemd-timesyncd.service',
    '0::/system.slice/system-getty.slice/getty@tty1.service': 'systemd getty@tty1.service',
    '0::/user.slice/user-1000.slice/session-2.scope': undefined,
    '0::/user.slice/user-1000.slice/user@1000.service/app.slice/app-code-1.scope': undefined,
  };
  for (const [cgroup, expected] of Object.entries(byGroup)) {
    it(`of ${cgroup.replace(id, 'ID')} is ${expected?.replace(short, 'ID') ?? 'not known'}`, () => {
      assert.equal(maker({ cgroup }), expected);
    });
  }

  it('is told by a program near above the first process, and not by one far above', () => {
    assert.equal(maker({ ancestors: ['bwrap', 'bash'] }), 'bwrap');
    assert.equal(maker({ name: 'bwrap' }), 'bwrap');
    assert.equal(maker({ ancestors: ['anton-guard'] }), 'anton');
    assert.equal(maker({ ancestors: ['bash', 'zsh', 'bwrap'] }), undefined);
  });

  it('is a service only if nothing else is nearer', () => {
    assert.equal(maker({ cgroup: '0::/system.slice/ssh.service', ancestors: ['unshare'] }), 'unshare');
  });

  it('is told by what a container engine puts into the environment', () => {
    assert.equal(maker({ container: 'podman' }), 'podman');
    assert.equal(maker({ container: 'nonsense' }), undefined);
  });

  it('is told by where it is mounted, if nobody is in it', () => {
    assert.equal(maker({ paths: ['/run/docker/netns/1a2b'] }), 'docker 1a2b');
    assert.equal(maker({ paths: ['/run/netns/blue'] }), undefined);
  });

  it('is Chromium where the process says which of its sorts it is', () => {
    assert.equal(maker({ args: ['/usr/lib/chromium/chromium', '--type=zygote'] }), 'chromium');
    assert.equal(maker({ args: ['ls', '--type=f'] }), undefined);
  });
});

describe('the option hidepid of /proc', () => {
  const line = (options: string): string => `21 1 0:20 / /proc rw,relatime - proc proc ${options}\n`;

  it('is read by name and by number', () => {
    assert.equal(parseHidepid(line('rw')), 'off');
    assert.equal(parseHidepid(line('rw,hidepid=2')), 'invisible');
    assert.equal(parseHidepid(line('rw,gid=5,hidepid=ptraceable')), 'ptraceable');
  });

  it('is that of the mount which covers the others', () => {
    assert.equal(parseHidepid(line('rw,hidepid=1') + line('rw')), 'off');
    assert.equal(parseHidepid(line('rw') + line('rw,hidepid=noaccess')), 'noaccess');
  });
});
