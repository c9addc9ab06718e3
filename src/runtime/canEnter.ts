import * as fs from 'node:fs';
import { capabilities, type Capability } from '../kernel/capabilities';
import { Failure } from '../kernel/failure';
import { namespaceKinds, type NamespaceId, type NamespaceKind } from '../kernel/kinds';
import { isBelow, owningUserNamespaces, type UserNamespace } from '../kernel/nsfs';
import { readNamespaces, readStatus } from '../kernel/proc';
import { readStat, type ProcessIdentity } from '../kernel/processStat';

/** Why a namespace cannot be entered. */
export type Obstacle =
  /** One may not even look at it (ptrace(2), "Ptrace access mode checking"). `uid` is the process's. */
  | { readonly kind: NamespaceKind; readonly why: 'hidden'; readonly uid: number }
  /** It belongs to a user namespace that is neither this process's own nor below it. */
  | { readonly kind: NamespaceKind; readonly why: 'outside'; readonly id: NamespaceId }
  /** setns(2) wants a capability in a user namespace, and this process does not have it there. */
  | {
      readonly kind: NamespaceKind;
      readonly why: 'capability';
      readonly id: NamespaceId;
      readonly capability: Capability;
      readonly over: UserNamespace;
      /** Whoever enters the process's user namespace too may enter it. */
      readonly withUser: boolean;
    }
  /** A PID namespace can only be entered from one above it. */
  | { readonly kind: NamespaceKind; readonly why: 'not below'; readonly id: NamespaceId }
  /** This kernel has no such kind. */
  | { readonly kind: NamespaceKind; readonly why: 'absent' };

/** What entering the namespaces of a process would come down to. */
export interface Entry {
  readonly process: ProcessIdentity;
  /** To be entered. */
  readonly kinds: readonly NamespaceKind[];
  /** Asked for, but this process is in the very same ones, which setns(2) has no use for. */
  readonly same: readonly NamespaceKind[];
  /** Asked for, and not to be had. */
  readonly obstacles: readonly Obstacle[];
}

/**
 * Says in advance which of a process's namespaces this process can enter, and why not the others, by the kernel's own
 * rules: the `install` functions of setns(2) and cap_capable() of security/commoncap.c. Reads only, some 0.2 ms. A
 * security module or a filter of system calls may still refuse what the rules allow.
 * @param wanted all eight if missing; those of which the kernel knows nothing are left out then.
 * @throws Failure of the step join_process: ESRCH for no such process or one that has ended, EINVAL for a kernel thread.
 */
export function canEnter(pid: number, wanted?: readonly NamespaceKind[]): Entry {
  const process = identify(pid);
  const theirs = readNamespaces(pid);
  const me = new Self();
  const known = (kind: NamespaceKind): boolean => me.namespaces[kind] !== undefined;
  const asked = namespaceKinds.filter((kind) => (wanted ? wanted.includes(kind) : known(kind)));
  const same = asked.filter((kind) => known(kind) && theirs[kind] === me.namespaces[kind]);
  const others = asked.filter((kind) => !same.includes(kind));
  const obstacles: Obstacle[] = [];
  const user = others.includes('user') ? obstacleTo(pid, 'user', theirs.user, me, undefined) : undefined;
  const entered = others.includes('user') && !user ? theirs.user : undefined;
  for (const kind of others) {
    const obstacle = !known(kind)
      ? ({ kind, why: 'absent' } as const)
      : kind === 'user'
        ? user
        : obstacleTo(pid, kind, theirs[kind], me, entered);
    if (obstacle) obstacles.push(obstacle);
  }
  const refused = new Set(obstacles.map(({ kind }) => kind));
  return { process, same, obstacles, kinds: others.filter((kind) => !refused.has(kind)) };
}

function identify(pid: number): ProcessIdentity {
  const stat = Number.isInteger(pid) && pid > 0 ? readStat(pid) : undefined;
  const fail = (code: string): Failure => new Failure({ step: 'join_process', code, subject: String(pid) });
  if (!stat || stat.isZombie) throw fail('ESRCH');
  if (stat.isKernelThread) throw fail('EINVAL');
  return { pid, startTime: stat.startTime };
}

/** @param entered the user namespace that is entered as well, with every capability in it. */
function obstacleTo(
  pid: number,
  kind: NamespaceKind,
  id: NamespaceId | undefined,
  me: Self,
  entered: NamespaceId | undefined,
): Obstacle | undefined {
  const hidden = { kind, why: 'hidden', uid: readStatus(pid)?.uid ?? -1 } as const;
  if (id === undefined) return hidden;
  try {
    if (kind === 'pid' && !isBelow(pid, 'pid')) return { kind, why: 'not below', id };
    const owners = owningUserNamespaces(pid, kind);
    if (entered !== undefined && owners.some((each) => each.id === entered)) return undefined;
    const [owner] = owners;
    if (!owner) return { kind, why: 'outside', id };
    const lack = me.lacks(kind, owners);
    return lack && { kind, why: 'capability', id, ...lack, withUser: isWithUser(pid, kind, owners, me) };
  } catch (error) {
    if (error instanceof Failure && error.step === 'open_namespaces') return hidden;
    throw error;
  }
}

/** Whether the process's user namespace would give the right to enter another of its namespaces. */
function isWithUser(pid: number, kind: NamespaceKind, owners: readonly UserNamespace[], me: Self): boolean {
  const user = readNamespaces(pid).user;
  if (kind === 'user' || user === me.namespaces.user || !owners.some(({ id }) => id === user)) return false;
  return me.lacks('user', owningUserNamespaces(pid, 'user')) === undefined;
}

/** What this process may do, as its children are going to. */
class Self {
  readonly namespaces = readNamespaces('self');
  private readonly uid = process.geteuid?.() ?? 0;
  private readonly mask = effectiveCapabilities();

  /** The capability that is missing for a namespace with these owners; undefined if none is. */
  lacks(
    kind: NamespaceKind,
    owners: readonly UserNamespace[],
  ): { capability: Capability; over: UserNamespace } | undefined {
    const [owner] = owners;
    if (owner && !this.hasIn(owners, 'CAP_SYS_ADMIN')) return { capability: 'CAP_SYS_ADMIN', over: owner };
    const own = owningUserNamespaces('self', 'user')[0];
    if (kind === 'user' || !own) return undefined;
    const needed =
      kind === 'mnt' ? (['CAP_SYS_ADMIN', 'CAP_SYS_CHROOT'] as const) : (['CAP_SYS_ADMIN'] as const);
    const capability = needed.find((each) => !this.has(each));
    return capability && { capability, over: own };
  }

  /** cap_capable(): by what it has in its own user namespace, or as the owner of one right below that. */
  private hasIn(owners: readonly UserNamespace[], capability: Capability): boolean {
    return owners.some(
      ({ id, owner }, i) =>
        (id === this.namespaces.user && this.has(capability)) ||
        (owners[i + 1]?.id === this.namespaces.user && owner === this.uid),
    );
  }

  private has(capability: Capability): boolean {
    return ((this.mask >> BigInt(capabilities.indexOf(capability))) & 1n) === 1n;
  }
}

function effectiveCapabilities(): bigint {
  const match = /^CapEff:\s*([0-9a-f]+)$/m.exec(fs.readFileSync('/proc/self/status', 'latin1'));
  return BigInt(`0x${match?.[1] ?? '0'}`);
}
