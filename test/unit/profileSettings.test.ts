import * as assert from 'node:assert/strict';
import { isBroken, type OwnProfile } from '../../src/runtime/ownProfile';
import type { Profile } from '../../src/runtime/profile';
import type { ProfileFacts } from '../../src/runtime/profileFacts';
import { readProfiles } from '../../src/runtime/profileSettings';
import { describeProblem } from '../../src/ui/words/profileRules';
import { t } from './facts';

const facts: ProfileFacts = {
  userHome: '/home/mia',
  workspaceFolder: '/work/lab',
  env: { LAB: '/srv/lab' },
  privileged: false,
};

/** The setting anton.profiles, from what a person writes to profiles and to words about what is wrong. */
describe('anton.profiles', () => {
  const read = (value: unknown, more: Partial<ProfileFacts> = {}): readonly OwnProfile[] =>
    readProfiles(value, { ...facts, ...more });

  const sound = (definition: unknown, others: object = {}): Profile => {
    const own = read({ ...others, mine: definition }).find(({ name }) => name === 'mine');
    assert.ok(own);
    if (isBroken(own)) assert.fail(own.problems.map((problem) => describeProblem(problem, t)).join('; '));
    return own.profile;
  };

  const problems = (value: unknown, more: Partial<ProfileFacts> = {}): string[] =>
    read(value, more)
      .filter(isBroken)
      .flatMap((own) => own.problems)
      .map((problem) => describeProblem(problem, t));

  const wrong = (definition: unknown): string =>
    problems({ mine: definition }).join('; ').replaceAll('anton.profiles.mine', '_');

  describe('extends', () => {
    it('without it a profile isolates nothing', () => {
      assert.deepEqual(sound({}), { name: 'mine', namespaces: [], map: 'none', freshProc: false });
    });

    it('begins with the other profile and replaces what it names', () => {
      assert.deepEqual(sound({ extends: 'anton', hostname: 'lab', map: 'same' }), {
        name: 'mine',
        namespaces: ['user', 'pid', 'mnt', 'uts', 'ipc'],
        map: 'same',
        hostname: 'lab',
        freshProc: true,
        icon: 'package',
        color: 'terminal.ansiGreen',
      });
    });

    it('has the icon and the colour of the other profile, or its own', () => {
      const { icon, color } = sound({ extends: 'root', icon: 'beaker' });
      assert.deepEqual([icon, color], ['beaker', 'terminal.ansiRed']);
      assert.equal(
        wrong({ icon: '$(beaker)' }),
        '_.icon: has to be the name of an icon, such as beaker or list-ordered',
      );
      assert.match(wrong({ color: 'red' }), /^_\.color: has to be one of terminal\.ansiBlack, /);
    });

    it('goes on through own profiles, in any order', () => {
      const profile = sound(
        { extends: 'b', args: ['-l'] },
        { b: { extends: 'c', hostname: 'b' }, c: { extends: 'anton' } },
      );
      assert.equal(profile.hostname, 'b');
      assert.deepEqual(profile.args, ['-l']);
      assert.equal(profile.freshProc, true);
    });

    it('combines what holds values by name', () => {
      const base = {
        extends: 'all',
        env: { add: { A: '1', B: '1' }, drop: ['X'] },
        limits: { memory: '1G', processes: 10 },
        timeOffsets: { boottime: 60 },
      };
      const profile = sound(
        {
          extends: 'base',
          env: { add: { B: '2' } },
          limits: { processes: 20 },
          timeOffsets: { monotonic: 5 },
        },
        { base },
      );
      assert.deepEqual(profile.env, { add: { A: '1', B: '2' }, drop: ['X'] });
      assert.deepEqual(profile.limits, { memory: 1024 ** 3, processes: 20 });
      assert.deepEqual(profile.timeOffsets, { monotonic: 5, boottime: 60 });
    });

    it('does not inherit what describes a namespace that is left out', () => {
      assert.deepEqual(sound({ extends: 'all', namespaces: ['user', 'mnt'] }), {
        name: 'mine',
        namespaces: ['user', 'mnt'],
        map: 'root',
        freshProc: false,
        icon: 'layers',
        color: 'terminal.ansiMagenta',
      });
    });

    it('a user namespace without a word about its map makes its maker root', () => {
      assert.equal(sound({ namespaces: ['user'] }).map, 'root');
      assert.equal(sound({ extends: 'user' }).map, 'none');
    });

    it('shared takes an inherited network back', () => {
      const namespaces = ['user', 'mnt'];
      assert.equal(sound({ extends: 'all', namespaces, network: 'shared' }).network, undefined);
      assert.match(wrong({ extends: 'all', network: 'shared' }), /^_\.network: shared contradicts net/);
    });

    it('refuses an unknown profile, a circle, and one that is broken', () => {
      assert.equal(wrong({ extends: 'nobody' }), '_.extends: there is no profile "nobody"');
      assert.equal(
        problems({ a: { extends: 'b' }, b: { extends: 'a' } })[0],
        'anton.profiles.a.extends: the profiles extend each other in a circle: a → b → a',
      );
      assert.match(wrong({ extends: 'mine' }), /in a circle: mine → mine$/);
      assert.equal(
        problems({ a: { extends: 'b' }, b: { hostname: 7 } })[0],
        'anton.profiles.a.extends: the profile "b" is wrong itself',
      );
    });

    it('does not take a name of Anton’s own', () => {
      assert.match(
        problems({ anton: {} }).join(),
        /^anton\.profiles\.anton: is the name of a profile of Anton/,
      );
    });
  });

  it('says where something is wrong, and what', () => {
    const map = (row: object): object => ({
      extends: 'anton',
      map: {
        uid: [{ inside: 0, outside: 1000, length: 1 }, row],
        gid: [{ inside: 0, outside: 0, length: 1 }],
      },
    });
    assert.equal(
      wrong(map({ inside: 1, outside: 1, length: 0 })),
      '_.map.uid[1].length: has to be at least 1',
    );
    assert.equal(wrong(map({ inside: 1, outside: 1 })), '_.map.uid[1].length: is missing');
    assert.equal(wrong({ map: { uid: 7, gid: [] } }).split('; ')[0], '_.map.uid: has to be a list');
    assert.equal(wrong({ map: 'all' }), '_.map: has to be one of none, root, same, ranges');
    assert.equal(wrong({ hostnam: 'x' }), '_: has no part hostnam');
    assert.equal(wrong({ hostname: '' }), '_.hostname: must not be empty');
    assert.equal(wrong({ freshProc: 'yes' }), '_.freshProc: has to be true or false');
    assert.equal(
      wrong({ namespaces: ['user', 'network'] }),
      '_.namespaces[1]: has to be one of user, pid, mnt, uts, ipc, net, cgroup, time',
    );
    assert.equal(
      wrong({ limits: { memory: '5 apples' } }),
      '_.limits.memory: has to be a number of bytes, or a text like 512M',
    );
    assert.equal(wrong({ root: { access: 'writable' } }), '_.root.path: is missing');
    assert.equal(wrong({ env: { add: { 'A=B': '' } } }), '_.env.add.A=B: is no name of a variable');
    assert.equal(wrong(7), '_: has to be an object');
    assert.deepEqual(problems('all'), ['anton.profiles: has to be an object']);
  });

  it('a broken profile does not take the others away', () => {
    const own = read({ bad: { hostname: 7 }, good: { extends: 'anton' }, worse: [] });
    assert.deepEqual(own.map(isBroken), [true, false, true]);
  });

  it('reads sizes', () => {
    const memory = (size: unknown): number | undefined => sound({ limits: { memory: size } }).limits?.memory;
    assert.deepEqual(['10000000', '8192K', '512M', '2G', 4096 * 1024].map(memory), [
      10_000_000,
      8192 * 1024,
      512 * 1024 ** 2,
      2 * 1024 ** 3,
      4096 * 1024,
    ]);
  });

  describe('paths', () => {
    const withPaths = (path: string): Profile =>
      sound({ extends: 'anton', root: path, binds: [{ source: path }], cwd: path, shell: path });

    it('replaces ~ and variables in all of them', () => {
      for (const [path, expanded] of [
        ['~/root', '/home/mia/root'],
        ['${userHome}/root', '/home/mia/root'],
        ['${workspaceFolder}/a', '/work/lab/a'],
        ['${env:LAB}/x', '/srv/lab/x'],
        ['/a//b/../c', '/a/c'],
      ] as const) {
        const profile = withPaths(path);
        assert.deepEqual(profile.root, { path: expanded, access: 'read-only' });
        assert.deepEqual(profile.binds, [{ source: expanded, target: expanded, writable: false }]);
        assert.equal(profile.cwd, expanded);
        assert.equal(profile.shell, expanded);
      }
    });

    it('refuses what is not absolute then', () => {
      const path = 'has to be an absolute path, or begin with ~ or ${...}';
      assert.equal(wrong({ extends: 'anton', root: 'relative' }), `_.root: ${path}`);
      assert.equal(wrong({ extends: 'anton', root: '~mia/x' }), `_.root: ${path}`);
      assert.equal(
        wrong({ extends: 'anton', binds: [{ source: '${env:NOTHING}' }] }),
        '_.binds[0].source: has to be an absolute path, but comes to ""',
      );
      assert.match(wrong({ extends: 'anton', cwd: '${file}' }), /^_\.cwd: there is no variable \$\{file\}/);
      const [noFolder] = problems({ a: { cwd: '${workspaceFolder}' } }, { workspaceFolder: undefined });
      assert.match(noFolder ?? '', /^anton\.profiles\.a\.cwd: no folder is open/);
    });
  });

  it('knows the rules', () => {
    assert.match(wrong({ hostname: 'lab' }), /^_\.hostname: needs uts in namespaces: /);
    const own = read({ a: { namespaces: ['net'] } }, { privileged: true });
    assert.ok(own.every((each) => !isBroken(each)));
  });
});
