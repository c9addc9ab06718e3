import * as assert from 'node:assert/strict';
import type { Profile } from '../../src/runtime/profile';
import { setupOps } from '../../src/runtime/setup';
import { causeWords } from '../../src/ui/words/causes';
import { explain } from '../../src/ui/words/refusals';
import { t } from './facts';
import { openMachine } from './machineFacts';

/** With these two every operation is done that there is. */
const everything: Partial<Profile>[] = [
  {
    hostname: 'inside',
    freshProc: true,
    timeOffsets: { monotonic: 0, boottime: 1 },
    binds: [{ source: '/usr', target: '/anton-new', writable: false }],
    noNewPrivileges: true,
    dropCapabilities: ['ALL'],
    root: { path: '/usr', access: 'temporary' },
  },
  { freshProc: false, root: { path: '/', access: 'read-only' } },
];

function stepsOf(parts: Partial<Profile>): string[] {
  const profile: Profile = {
    name: 'test',
    namespaces: ['user', 'pid', 'mnt', 'uts', 'ipc', 'net', 'cgroup', 'time'],
    map: 'root',
    freshProc: true,
    ...parts,
  };
  return setupOps(profile, { scripts: '/usr', ids: { uid: 0, gid: 0 } }).map(({ step }) => step);
}

const operations = [...new Set(everything.flatMap(stepsOf))];
const others = [
  ...['open_namespaces', 'drop_groups', 'setns', 'open_guard', 'clone_guard', 'exec_guard'],
  ...['clone', 'write_setgroups', 'write_gid_map', 'write_uid_map', 'open_pty', 'load_library', 'platform'],
  ...[
    'subordinate_ids',
    'find_newuidmap',
    'find_newgidmap',
    'newuidmap',
    'newgidmap',
    'user_network',
    'limits',
  ],
];

describe('the words for a refused step', () => {
  for (const step of [...operations, ...others]) {
    it(`${step}: say what was refused, and with which errno if it matters`, () => {
      for (const code of ['EPERM', 'EINVAL', 'ENOSYS', 'ENOENT', 'EROFS', 'EIO']) {
        const said = explain({ step, code, subject: '/x' }, openMachine, t);
        assert.doesNotMatch(said.what, /^The terminal could not be made/);
        assert.doesNotMatch(`${said.what} ${said.why} ${said.remedy}`, /\{\d\}|undefined|\(\)|: \)/);
        if (operations.includes(step)) assert.ok(said.what.includes(code), said.what);
        assert.ok(said.why !== '' && said.remedy !== '');
      }
    });
  }

  it('end at a cause even where nothing is known', () => {
    const said = explain({ step: 'setsid', code: 'EIO' }, openMachine, t);
    assert.match(said.why, /setsid was refused: EIO/);
    assert.equal(said.remedy, causeWords({ cause: 'unknown' }, openMachine, t).remedy);
  });
});
