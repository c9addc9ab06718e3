import * as assert from 'node:assert/strict';
import * as os from 'node:os';
import { checkMachine, type MachineReport, type ProbeRuntime } from '../../src/runtime/checkMachine';
import type { CauseName } from '../../src/runtime/causes';
import { LocalRuntime } from '../../src/runtime/localRuntime';
import type { RungId } from '../../src/runtime/rungs';
import type { OpenRequest, TerminalInfo } from '../../src/runtime/runtime';
import type { Checked } from './checked.helper';
import { Helper, killHelpers } from './helper';
import { scripts, TestRuntime } from './support';

const { EPERM, ENOSYS } = os.constants.errno;

/** What is there on every machine on which these tests can run at all. */
const common: readonly RungId[] = [
  'terminal',
  'user',
  'map',
  'pid',
  'mnt',
  'proc',
  'uts',
  'ipc',
  'net',
  'cgroup',
  'root',
];

/** The machine is checked by doing, and where the kernel refuses for real, the report says what and why. */
describe('Check This Machine', () => {
  afterEach(killHelpers);

  it('finds what works, and the profiles that work with it', async () => {
    const report = await checked([]);
    for (const id of common) assert.equal(outcomeOf(report, id), 'works', id);
    for (const name of ['plain', 'user', 'root', 'pid', 'anton'])
      assert.ok(
        report.profiles.some((each) => each.name === name && each.works),
        name,
      );
    for (const { id, outcome, failure } of report.rungs)
      assert.equal(outcome === 'works' || outcome === 'not tried', failure === undefined, id);
  });

  it('gives a cause for each that does not', async () => {
    const { rungs, findings } = await checked([]);
    for (const { id, outcome } of rungs) {
      const known = findings.some((finding) => [...finding.rungs, ...finding.alsoLost].includes(id));
      assert.equal(known, outcome !== 'works', id);
    }
  });

  it('max_user_namespaces is 0: nothing that needs one is tried', async () => {
    const report = await checked(after('echo 0 > /proc/sys/user/max_user_namespaces'));
    assert.equal(outcomeOf(report, 'terminal'), 'works');
    assert.equal(outcomeOf(report, 'user'), 'refused');
    assert.deepEqual(report.rungs[1]?.failure, { step: 'clone', code: 'ENOSPC' });
    for (const id of ['map', 'pid', 'proc', 'overlay', 'ranges'] as const)
      assert.equal(outcomeOf(report, id), 'not tried', id);
    assert.equal(causeFor(report, 'user'), 'max-user-namespaces');
    assert.deepEqual(
      report.profiles.filter(({ works }) => works).map(({ name }) => name),
      ['plain'],
    );
  });

  it('max_net_namespaces is 0: only the network is refused', async () => {
    const report = await checked(after('echo 0 > /proc/sys/user/max_net_namespaces'));
    assert.equal(outcomeOf(report, 'proc'), 'works');
    assert.equal(causeFor(report, 'net'), 'max-user-namespaces');
    assert.equal(outcomeOf(report, 'network'), 'not tried');
  });

  for (const [name, errno] of Object.entries({ EPERM, ENOSYS })) {
    it(`a seccomp filter that answers ${name}`, async () => {
      const report = await checked([], errno);
      assert.equal(outcomeOf(report, 'user'), 'refused');
      assert.equal(causeFor(report, 'user'), 'container-seccomp');
      assert.equal(report.machine.seccomp, 2);
    });
  }

  it('a covered /proc: only the fresh one is refused, and what covers it is named', async () => {
    const report = await checked(after('mount -t tmpfs none /proc/sys', '-m'));
    assert.equal(outcomeOf(report, 'pid'), 'works');
    assert.equal(outcomeOf(report, 'proc'), 'refused');
    assert.equal(causeFor(report, 'proc'), 'masked-proc');
    assert.deepEqual(report.machine.maskedProc, ['/proc/sys']);
  });

  it('no new privileges: Anton’s profile needs none', async () => {
    const report = await checked(['setpriv', '--no-new-privs']);
    assert.ok(report.machine.noNewPrivileges);
    assert.equal(outcomeOf(report, 'proc'), 'works');
  });

  it('ranges: no subordinate ids, or ids of which a user namespace has none', async () => {
    const cause = causeFor(await checked(after('true')), 'ranges');
    const inner = await checked(
      after('mount -t tmpfs none /etc && echo 0:100000:65536 | tee /etc/subuid > /etc/subgid', '-m'),
    );
    assert.ok(cause === 'no-subordinate-ids' || cause === 'nested-ids', cause);
    assert.equal(causeFor(inner, 'ranges'), 'nested-ids');
    const none = await checked(after('mount -t tmpfs none /etc', '-m'));
    assert.equal(causeFor(none, 'ranges'), 'no-subordinate-ids');
  });

  it('its attempts are nobody else’s terminals', async () => {
    const mine = new TestRuntime();
    const seen: string[] = [];
    mine.subscribe(({ type }) => seen.push(type));
    await checkMachine(() => new LocalRuntime(scripts));
    assert.deepEqual(seen, []);
  });

  it('an attempt that hangs is ended, and the next one is tried', async () => {
    const report = await checkMachine(() => new Hanging('ipc'), { profiles: [], patience: 2000 });
    assert.equal(outcomeOf(report, 'ipc'), 'refused');
    assert.equal(causeFor(report, 'ipc'), 'timed-out');
    assert.equal(outcomeOf(report, 'net'), 'works');
  });

  it('can be cancelled', async () => {
    const abort = new AbortController();
    const check = checkMachine(() => new LocalRuntime(scripts), {
      signal: abort.signal,
      progress: (what) => {
        if (what === 'pid') abort.abort();
      },
    });
    await assert.rejects(check, { name: 'AbortError' });
  });
});

/** Runs a sleeping program where one kind of namespace alone is asked for. */
class Hanging extends LocalRuntime implements ProbeRuntime {
  constructor(private readonly kind: 'ipc') {
    super(scripts);
  }

  override open(request: OpenRequest): Promise<TerminalInfo> {
    const isIt = request.profile.namespaces.join() === `user,${this.kind}`;
    return super.open(isIt ? { ...request, command: ['sleep', 'infinity'] } : request);
  }
}

/** Runs a program after a line of shell, in namespaces of its own in which that line may change the system. */
function after(line: string, ...flags: string[]): string[] {
  return ['unshare', '-Ur', ...flags, 'sh', '-c', `${line} && exec "$@"`, 'sh'];
}

async function checked(prefix: readonly string[], errno?: number): Promise<MachineReport> {
  const helper = new Helper('checked', errno === undefined ? [] : [String(errno)], prefix);
  const { report, before, after: later } = await helper.next<Checked>();
  await helper.end();
  assert.deepEqual(later.children, before.children);
  assert.equal(later.descriptors, before.descriptors);
  return report;
}

function outcomeOf({ rungs }: MachineReport, id: RungId): string | undefined {
  return rungs.find((rung) => rung.id === id)?.outcome;
}

function causeFor({ findings }: MachineReport, id: RungId): CauseName | undefined {
  return findings.find(({ rungs }) => rungs.includes(id))?.cause;
}
