import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import type { Profile } from '../../src/runtime/profile';
import { builtInProfiles, profileNames } from '../../src/runtime/profiles';
import { all } from './profileSupport';
import { processesWith } from './processes';
import { eventually, request, sleep, TestRuntime } from './support';

/** Profiles of one's own that take other ways than the built-in ones. */
const own: Record<string, Profile> = {
  'an init': { ...all, init: true },
  'time without pid': { name: 't', namespaces: ['user', 'mnt', 'time'], map: 'root', freshProc: false },
  'no capabilities': { ...all, dropCapabilities: ['ALL'], noNewPrivileges: true },
  'a read-only root': { ...all, root: { path: '/', access: 'read-only' } },
  'the same id': { name: 's', namespaces: ['user', 'net'], map: 'same', freshProc: false },
};

/** Children that hide: in a session of their own, orphaned twice over, deaf to whatever can be ignored. */
const idle = 'trap "" HUP TERM INT; while :; do sleep 100; done';
const daemons = (word: string): string =>
  `(setsid sh -c '(sh -c "${idle.replaceAll('"', '\\"')}" ${word} &)' ${word} &); nohup sh -c '${idle}' ${word} >/dev/null 2>&1 & echo made; read line`;

describe('what a terminal leaves behind', () => {
  const runtime = new TestRuntime();
  afterEach(() => runtime.closeAll());

  const profiles = {
    ...Object.fromEntries(profileNames.map((name) => [name, builtInProfiles[name]])),
    ...own,
  };
  for (const [name, profile] of Object.entries(profiles)) {
    for (const how of ['close', 'kill', 'end'] as const) {
      it(`${name}, ${how}: no process, however it hides`, async () => {
        const word = `left-${process.pid}-${name.replaceAll(' ', '-')}-${how}`;
        const info = await runtime.open(
          request('plain', { profile, command: ['/bin/sh', '-c', daemons(word), word], cwd: '/' }),
        );
        await runtime.waitFor(info, /made/);
        await eventually(() => processesWith(word).length >= 3, 'its daemons');
        if (how === 'close') await runtime.close(info.id);
        if (how === 'kill') runtime.kill(info.id);
        if (how === 'end') runtime.write(info.id, '\r');
        await runtime.end(info);
        await eventually(
          () => processesWith(word).length === 0,
          `the end of ${processesWith(word).join(', ')}`,
        );
      });
    }
  }

  it('nothing is mounted outside that was mounted inside', async () => {
    const before = fs.readFileSync('/proc/self/mountinfo', 'utf8');
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'anton-'));
    const profile: Profile = { ...all, binds: [{ source: folder, target: '/mnt', writable: true }] };
    const info = await runtime.open(request('plain', { profile, command: ['/bin/sh'], cwd: '/' }));
    await sleep(50);
    assert.equal(fs.readFileSync('/proc/self/mountinfo', 'utf8'), before);
    await runtime.close(info.id);
    assert.equal(fs.readFileSync('/proc/self/mountinfo', 'utf8'), before);
    fs.rmdirSync(folder);
  });
});

describe('another terminal', () => {
  const runtime = new TestRuntime();
  afterEach(() => runtime.closeAll());

  for (const profile of ['plain', 'anton'] as const) {
    it(`${profile}: nobody types into it from inside (TIOCSTI)`, async () => {
      const victim = await runtime.shell('plain');
      const pts = fs.readlinkSync(`/proc/${victim.pid}/fd/0`);
      const script = `my $c = "x"; open my $t, "+<", "${pts}" or die "open: $!"; ioctl($t, 0x5412, $c) or die "ioctl: $!"; print "typed\\n"`;
      const before = runtime.outputOf(victim);
      const { output } = await runtime.run(profile, ['perl', '-e', script], { cwd: '/' });
      // CAP_SYS_ADMIN of the first user namespace may: that is root on the host, in a terminal without isolation.
      if (profile === 'plain' && process.geteuid?.() === 0) return;
      assert.match(output, /(open|ioctl): /);
      await sleep(100);
      assert.equal(runtime.outputOf(victim), before);
    });
  }
});
