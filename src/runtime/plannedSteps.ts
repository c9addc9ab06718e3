import * as path from 'node:path';
import type { IdMap } from '../kernel/idMap';
import { cloneFlags } from '../kernel/kinds';
import { isOwnOnly, type Maps } from './idMaps';
import type { Profile } from './profile';
import { idsToTake, mapsFor, type Person } from './profileMaps';
import { madeInside, setupOps } from './setup';
import { callOfOp, cloneFlagNames } from './systemCalls';

/** A step that opening a terminal with a profile takes. */
export interface PlannedStep {
  /** Its name in the log; the words for it are in ui/words/steps.ts. */
  readonly step: string;
  /** `mount("proc", "/proc", "proc", MS_NOSUID|MS_NODEV|MS_NOEXEC)`, as strace(1) would write it. */
  readonly call: string;
}

/** What the plan depends on beside the profile. */
export interface PlanFacts {
  readonly person: Person;
  /** Folder of the shells' start-up files, on the host. */
  readonly scripts: string;
  readonly shell: string;
  readonly cwd: string;
}

/**
 * What opening a terminal with this profile will do, in order, as far as the profile decides it. PID stands for the
 * first process. Starts nothing and writes nothing; it looks at the folders that the profile names.
 * @throws Failure for a root directory or a bind's source that is not there, and for a map without subordinate ids.
 */
export function plannedSteps(profile: Profile, facts: PlanFacts): readonly PlannedStep[] {
  const { person, scripts } = facts;
  const maps = mapsFor(profile.map, person);
  const ids = idsToTake(maps, person);
  const resolvConf = path.join(scripts, '..', 'network', 'resolv.conf');
  const ops = setupOps(profile, {
    scripts,
    ...(ids ? { ids } : {}),
    ...(profile.network === 'user' ? { resolvConf } : {}),
  });
  return [
    cloneStep(profile),
    ...limitSteps(profile),
    ...(maps ? mapSteps(maps, person) : []),
    ...networkSteps(profile),
    ...ops.map((op) => ({ step: op.step, call: callOfOp(op) })),
    { step: 'setsid', call: 'setsid()' },
    { step: 'controlling_terminal', call: 'ioctl(TIOCSCTTY)' },
    { step: 'chdir', call: `chdir(${JSON.stringify(profile.cwd ?? (profile.root ? '/' : facts.cwd))})` },
    { step: 'execve', call: execve(profile, facts) },
  ];
}

function cloneStep({ namespaces }: Profile): PlannedStep {
  const flags = cloneFlags(namespaces.filter((kind) => !madeInside.includes(kind)));
  return {
    step: 'clone',
    call: `clone(${[cloneFlagNames(flags), 'CLONE_VM|SIGCHLD'].filter(Boolean).join('|')})`,
  };
}

function limitSteps({ limits }: Profile): PlannedStep[] {
  if (!limits) return [];
  const files = [
    ['memory.max', limits.memory],
    ['pids.max', limits.processes],
    ['cpu.max', limits.cpu === undefined ? undefined : `${Math.round(limits.cpu * 100_000)} 100000`],
  ] as const;
  const writes = files.filter(([, value]) => value !== undefined);
  return [...writes, ['cgroup.procs', 'PID'] as const].map(([file, value]) => ({
    step: 'limits',
    call: `write /sys/fs/cgroup/.../anton/${file} "${value ?? ''}"`,
  }));
}

/** The first process waits while its maps are written from outside. */
function mapSteps({ uidMap, gidMap }: Maps, person: Person): PlannedStep[] {
  const hasOwnGroupOnly = isOwnOnly(gidMap, person.gid);
  if (person.uid !== 0 && !(isOwnOnly(uidMap, person.uid) && hasOwnGroupOnly))
    return [
      { step: 'newgidmap', call: `newgidmap PID ${rowsOf(gidMap).join(' ')}` },
      { step: 'newuidmap', call: `newuidmap PID ${rowsOf(uidMap).join(' ')}` },
    ];
  const deny = { step: 'write_setgroups', call: 'write /proc/PID/setgroups "deny"' };
  return [
    ...(hasOwnGroupOnly ? [deny] : []),
    { step: 'write_gid_map', call: `write /proc/PID/gid_map "${rowsOf(gidMap).join('\\n')}"` },
    { step: 'write_uid_map', call: `write /proc/PID/uid_map "${rowsOf(uidMap).join('\\n')}"` },
  ];
}

function rowsOf(map: IdMap): string[] {
  return map.map(({ inside, outside, length }) => `${inside} ${outside} ${length}`);
}

function networkSteps({ network }: Profile): PlannedStep[] {
  return network === 'user' ? [{ step: 'user_network', call: 'slirp4netns PID, else pasta PID' }] : [];
}

function execve(profile: Profile, { shell }: PlanFacts): string {
  const file = profile.shell ?? shell;
  const argv = [file, ...(profile.args ?? [])].map((text) => JSON.stringify(text)).join(', ');
  return `execve(${JSON.stringify(file)}, [${argv}])`;
}
