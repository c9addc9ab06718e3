import * as assert from 'node:assert/strict';
import type { Profile } from '../../src/runtime/profile';
import { type PlanFacts, plannedSteps } from '../../src/runtime/plannedSteps';
import { builtInProfiles } from '../../src/runtime/profiles';
import { profileText } from '../../src/ui/words/profileText';
import { t } from './facts';

const facts: PlanFacts = {
  person: { uid: 1000, gid: 1000, name: 'mia' },
  scripts: '/opt/anton/media/shell',
  shell: '/bin/bash',
  cwd: '/home/mia',
};

/** What a profile is going to do, before it does it. */
describe('the plan of a profile', () => {
  const calls = (profile: Profile): string[] => plannedSteps(profile, facts).map(({ call }) => call);

  it('plain makes a process and nothing else', () => {
    assert.deepEqual(calls(builtInProfiles.plain), [
      'clone(CLONE_VM|SIGCHLD)',
      'setsid()',
      'ioctl(TIOCSCTTY)',
      'chdir("/home/mia")',
      'execve("/bin/bash", ["/bin/bash"])',
    ]);
  });

  it('anton maps ids from outside, and then mounts inside', () => {
    assert.deepEqual(calls(builtInProfiles.anton).slice(0, -4), [
      'clone(CLONE_NEWUSER|CLONE_NEWPID|CLONE_NEWNS|CLONE_NEWUTS|CLONE_NEWIPC|CLONE_VM|SIGCHLD)',
      'write /proc/PID/setgroups "deny"',
      'write /proc/PID/gid_map "0 1000 1"',
      'write /proc/PID/uid_map "0 1000 1"',
      'sethostname("anton")',
      'mount("none", "/", NULL, MS_REC|MS_PRIVATE)',
      'mount("proc", "/proc", "proc", MS_NOSUID|MS_NODEV|MS_NOEXEC)',
    ]);
  });

  it('foreign ids are left to newuidmap', () => {
    const rows = [{ inside: 0, outside: 100000, length: 10 }];
    const steps = calls({ ...builtInProfiles.root, map: { uid: rows, gid: rows } });
    assert.deepEqual(steps.slice(1, 3), ['newgidmap PID 0 100000 10', 'newuidmap PID 0 100000 10']);
  });

  it('says what a missing root directory would be refused for', () => {
    const root = { path: '/no/such/folder', access: 'read-only' } as const;
    assert.throws(() => calls({ ...builtInProfiles.anton, root }), {
      step: 'root_directory',
      code: 'ENOENT',
    });
  });

  it('reads as JSON with comments that can be pasted into the settings', () => {
    const profile: Profile = {
      ...builtInProfiles.all,
      name: 'mine\n"x"',
      env: { add: { A: '1' }, drop: [] },
    };
    const { name, ...parts } = profile;
    const text = profileText(profile, plannedSteps(profile, facts), t);
    const json = text.replace(/^\/\/.*$/gm, '');
    assert.deepEqual(JSON.parse(json), { [name]: parts });
    assert.match(text, /^\/\/ +\d+\. .*\n\/\/ +mount\("proc", "\/proc"/m);
    assert.match(profileText(profile, 'no\nway', t), /cannot be opened now: no way\n$/);
  });
});
