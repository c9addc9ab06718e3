import * as fs from 'node:fs';
import * as path from 'node:path';
import { Failure } from '../kernel/failure';
import type { NamespaceKind } from '../kernel/kinds';
import { readIdMap } from '../kernel/proc';
import type { ProcessIdentity } from '../kernel/processStat';
import { canEnter, type Entry, type Obstacle } from './canEnter';
import { describeObstacle } from './obstacleText';
import type { Profile } from './profile';
import { currentPerson, idsToTake } from './profileMaps';
import type { TerminalInfo } from './runtime';

/** A process whose namespaces are entered, and which of them. */
export interface JoinTarget {
  readonly process: ProcessIdentity;
  readonly kinds: readonly NamespaceKind[];
  /** Asked for, and left out because this process is in the very same ones. */
  readonly same: readonly NamespaceKind[];
  /** Ids inside to change to, if the person's own do not exist there. */
  readonly ids: { readonly uid: number; readonly gid: number } | undefined;
  /** Where the files are that the shell will see, if they are not the host's nor those of a profile. */
  readonly root: string | undefined;
}

/** A process whose namespaces may not be entered, or not all that were asked for. */
export class EntryRefused extends Failure {
  constructor(
    readonly pid: number,
    readonly obstacles: readonly Obstacle[],
  ) {
    const isHidden = obstacles.every(({ why }) => why === 'hidden');
    const subject = obstacles.map((each) => describeObstacle(each, pid)).join('; ');
    super({ step: 'enter_namespaces', code: isHidden ? 'EACCES' : 'EPERM', subject });
    this.name = 'EntryRefused';
  }
}

/**
 * A process's namespaces: those of `kinds`, or all.
 * @throws Failure if there is no such process; EntryRefused if one of them cannot be entered.
 */
export function joinProcess(pid: number, kinds?: readonly NamespaceKind[]): JoinTarget {
  const entry = canEnter(pid, kinds);
  if (entry.obstacles.length > 0) throw new EntryRefused(pid, entry.obstacles);
  const root = entry.kinds.includes('mnt') ? `/proc/${pid}/root` : undefined;
  return { ...targetOf(entry), root };
}

/**
 * The namespaces that a terminal made or entered, as its first process has them. What its profile says of files holds
 * for whoever joins it.
 */
export function joinTerminal({ pid, profile, entered }: TerminalInfo, born: number | undefined): JoinTarget {
  const entry = canEnter(pid, entered?.kinds ?? profile.namespaces);
  if (entry.process.startTime !== born) throw new Failure({ step: 'join', code: 'ESRCH' });
  if (entry.obstacles.length > 0) throw new EntryRefused(pid, entry.obstacles);
  const isElsewhere = entered !== undefined && !profile.root && entry.kinds.includes('mnt');
  return { ...targetOf(entry), root: isElsewhere ? `/proc/${pid}/root` : undefined };
}

/** What holds of a profile where no namespaces are made: the shell and its environment, rights, and limits. */
export function withoutNamespaces(profile: Profile): Profile {
  const { name, shell, args, env, cwd, noNewPrivileges, dropCapabilities, limits } = profile;
  return {
    ...{ name, namespaces: [], map: 'none', freshProc: false },
    ...(shell === undefined ? {} : { shell }),
    ...(args === undefined ? {} : { args }),
    ...(env === undefined ? {} : { env }),
    ...(cwd === undefined ? {} : { cwd }),
    ...(noNewPrivileges === undefined ? {} : { noNewPrivileges }),
    ...(dropCapabilities === undefined ? {} : { dropCapabilities }),
    ...(limits === undefined ? {} : { limits }),
  };
}

/** Anton's start-up files of the shells, if whoever has this root directory sees them where they are on the host. */
export function scriptsThere(scripts: string, root: string): string | undefined {
  return fs.existsSync(path.posix.join(root, scripts, 'shrc')) ? scripts : undefined;
}

function targetOf({ process, kinds, same }: Entry): Omit<JoinTarget, 'root'> {
  return { process, kinds, same, ids: kinds.includes('user') ? idsIn(process.pid) : undefined };
}

/** As nsenter(1) does, and only where it has to: whoever owns nothing inside would be nobody. */
function idsIn(pid: number): JoinTarget['ids'] {
  const uidMap = readIdMap(pid, 'uid_map') ?? [];
  const gidMap = readIdMap(pid, 'gid_map') ?? [];
  return idsToTake({ uidMap, gidMap }, currentPerson());
}
