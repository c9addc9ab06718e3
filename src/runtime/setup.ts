import * as fs from 'node:fs';
import * as path from 'node:path';
import { capabilityMask } from '../kernel/capabilities';
import { Failure } from '../kernel/failure';
import { cloneFlag, type NamespaceKind } from '../kernel/kinds';
import { AT_RECURSIVE, MNT_DETACH, mountFlag } from '../kernel/mount';
import type { NativeOp } from '../kernel/nativeSpec';
import { onHost, resolveInRoot } from './insideRoot';
import type { Bind, Profile, TimeOffsets } from './profile';

const { MS_BIND, MS_NODEV, MS_NOEXEC, MS_NOSUID, MS_PRIVATE, MS_REC } = mountFlag;

/** Kinds that the first process makes itself, when its ids are mapped and its cgroup is the right one. */
export const madeInside: readonly NamespaceKind[] = ['cgroup', 'time'];

/** The devices of a minimal /dev, which every program may expect. */
const devices = ['null', 'zero', 'full', 'random', 'urandom', 'tty'];

/** Folders that exist nearly everywhere; in the terminal's own mount namespace one of them is covered for a moment. */
const places = ['/run', '/mnt', '/media', '/srv', '/tmp', '/var'];

/** Where a terminal with a root directory of its own finds Anton's start-up files of the shells. */
export const scriptsInside = '/dev/anton';

/** What a set-up needs to know beside its profile. */
export interface SetupFacts {
  /** Ids inside to change to, if the person's own ids are not mapped. */
  readonly ids?: { readonly uid: number; readonly gid: number };
  /** Folder of the shells' start-up files, on the host. */
  readonly scripts: string;
  /** A file to be seen as /etc/resolv.conf. */
  readonly resolvConf?: string;
}

/**
 * What the first process does to its new namespaces before it becomes the shell, in order. Order of operations:
 * ids first, because they decide what may be done; the root directory late, because it hides the host's files; what
 * takes rights away last.
 * @throws Failure for a root directory or a source that is not there.
 */
export function setupOps(profile: Profile, facts: SetupFacts): readonly NativeOp[] {
  const has = (kind: NamespaceKind): boolean => profile.namespaces.includes(kind);
  const binds = [...(profile.binds ?? []), ...resolvConfBind(profile, facts)];
  return [
    ...(facts.ids ? [setIds(facts.ids)] : []),
    ...(has('cgroup') ? [unshare('cgroup')] : []),
    ...(has('time') ? timeOps(profile.timeOffsets) : []),
    ...(has('net') ? [op('lo_up', 'lo_up', [])] : []),
    ...(profile.hostname === undefined ? [] : [op('sethostname', 'sethostname', [profile.hostname])]),
    ...(has('mnt') ? [mount('private_mounts', 'none', '/', '', MS_REC | MS_PRIVATE)] : []),
    ...(profile.root
      ? rootOps(profile, profile.root, binds, facts.scripts)
      : [...(profile.freshProc ? [mountProc('/proc')] : []), ...binds.flatMap((bind) => bindOps('/', bind))]),
    ...rightsOps(profile),
  ];
}

/** What a shell that joins does: it takes ids that exist inside, if its own do not, and gives up what the profile says. */
export function joinOps(profile: Profile, ids: SetupFacts['ids']): readonly NativeOp[] {
  return [...(ids ? [setIds(ids)] : []), ...rightsOps(profile)];
}

/** What a shell gives up for good. */
function rightsOps(profile: Profile): readonly NativeOp[] {
  const mask = capabilityMask(profile.dropCapabilities ?? []);
  return [
    ...(mask === 0n ? [] : [op('drop_capabilities', 'drop_caps', [], mask)]),
    ...(profile.noNewPrivileges ? [op('no_new_privs', 'no_new_privs', [])] : []),
  ];
}

function op(step: string, kind: NativeOp['kind'], texts: readonly string[], number?: bigint): NativeOp {
  return { step, kind, texts, ...(number === undefined ? {} : { number }) };
}

function mount(
  step: string,
  source: string,
  target: string,
  type: string,
  flags: number,
  data?: string,
): NativeOp {
  return {
    ...op(step, 'mount', [source, target, type], BigInt(flags)),
    ...(data === undefined ? {} : { data }),
  };
}

function mountProc(target: string): NativeOp {
  return mount('mount_proc', 'proc', target, 'proc', MS_NOSUID | MS_NODEV | MS_NOEXEC);
}

function setIds({ uid, gid }: { uid: number; gid: number }): NativeOp {
  return op('setids', 'setids', [], BigInt(uid) | (BigInt(gid) << 32n));
}

function unshare(kind: NamespaceKind): NativeOp {
  return op(`unshare_${kind}`, 'unshare', [], BigInt(cloneFlag[kind]));
}

/** The program's execve(2) enters the namespace that is unshared here (since Linux 6.1). */
function timeOps(offsets: TimeOffsets | undefined): NativeOp[] {
  if (!offsets) return [unshare('time')];
  const text = `monotonic ${seconds(offsets.monotonic)}\nboottime ${seconds(offsets.boottime)}\n`;
  return [unshare('time'), op('write_timens_offsets', 'write', ['/proc/self/timens_offsets', text])];
}

/** '-1 500000000' for -0.5: the nanoseconds count forwards (time_namespaces(7)). */
function seconds(value: number): string {
  const whole = Math.floor(value);
  return `${whole} ${Math.round((value - whole) * 1e9)}`;
}

function rootOps(
  profile: Profile,
  root: NonNullable<Profile['root']>,
  asked: readonly Bind[],
  shipped: string,
): NativeOp[] {
  const folder = realFolder(root.path);
  // What a link leads to may be in the place that is covered; its own path would say nothing of it.
  const binds = asked.map((bind) => ({ ...bind, source: resolveInRoot('/', bind.source) }));
  const scripts = resolveInRoot('/', shipped);
  const isTemporary = root.access === 'temporary';
  const isReadOnly = root.access === 'read-only';
  // "/" cannot be covered by itself: whoever asks for it afterwards still gets what lies below.
  const place =
    isTemporary || folder === '/'
      ? coveredPlace([folder, scripts, ...binds.map(({ source }) => source)])
      : folder;
  const top = isTemporary ? `${place}/root` : place;
  const at = (inside: string): string => onHost(top, resolveInRoot(folder, inside));
  const dev = at('/dev');
  return [
    ...(isTemporary ? overlayOps(folder, place) : [mount('bind_root', folder, top, '', MS_BIND | MS_REC)]),
    ...(isReadOnly ? [op('read_only', 'readonly_below', [top])] : []),
    op('make_mount_point', 'mkdir', [at('/proc')], 0o755n),
    profile.freshProc
      ? mountProc(at('/proc'))
      : mount('bind_proc', '/proc', at('/proc'), '', MS_BIND | MS_REC),
    op('make_mount_point', 'mkdir', [dev], 0o755n),
    mount('mount_dev', 'tmpfs', dev, 'tmpfs', MS_NOSUID | MS_NOEXEC, 'mode=755,size=64k'),
    ...devices.flatMap((name) => [
      op('make_device', 'touch', [`${dev}/${name}`], 0o666n),
      mount('bind_device', `/dev/${name}`, `${dev}/${name}`, '', MS_BIND),
    ]),
    op('make_device', 'touch', [`${dev}/console`], 0o600n),
    mount('bind_console', '@tty', `${dev}/console`, '', MS_BIND),
    op('make_link', 'symlink', ['/proc/self/fd', `${dev}/fd`]),
    ...['stdin', 'stdout', 'stderr'].map((name, fd) =>
      op('make_link', 'symlink', [`/proc/self/fd/${fd}`, `${dev}/${name}`]),
    ),
    op('make_mount_point', 'mkdir', [`${dev}/pts`], 0o755n),
    mount(
      'mount_devpts',
      'devpts',
      `${dev}/pts`,
      'devpts',
      MS_NOSUID | MS_NOEXEC,
      'newinstance,ptmxmode=0666,mode=620',
    ),
    op('make_link', 'symlink', ['pts/ptmx', `${dev}/ptmx`]),
    op('make_mount_point', 'mkdir', [`${dev}/shm`], 0o755n),
    mount('mount_shm', 'tmpfs', `${dev}/shm`, 'tmpfs', MS_NOSUID | MS_NODEV, 'mode=1777'),
    op('make_mount_point', 'mkdir', [`${dev}/anton`], 0o755n),
    mount('bind_scripts', scripts, `${dev}/anton`, '', MS_BIND),
    op('read_only', 'readonly', [`${dev}/anton`], 0n),
    ...binds.flatMap((bind) => bindOps(folder, bind, top)),
    ...(isReadOnly ? [op('read_only', 'readonly', [top], 0n)] : []),
    op('enter_root', 'chdir', [top]),
    op('pivot_root', 'pivot_root', ['.', '.']),
    op('umount_old_root', 'umount', ['.'], BigInt(MNT_DETACH)),
    op('enter_root', 'chdir', ['/']),
  ];
}

/** An overlay whose upper layer is in memory (overlayfs in a user namespace: since Linux 5.11). */
function overlayOps(folder: string, place: string): NativeOp[] {
  const lower = folder.replace(/[\\:,]/g, '\\$&');
  const parts = ['upper', 'work', 'root'];
  const data = `lowerdir=${lower},upperdir=${place}/upper,workdir=${place}/work,userxattr`;
  return [
    mount('mount_scratch', 'tmpfs', place, 'tmpfs', MS_NOSUID | MS_NODEV, 'mode=755'),
    ...parts.map((part) => op('make_mount_point', 'mkdir', [`${place}/${part}`], 0o755n)),
    mount('mount_overlay', 'overlay', `${place}/root`, 'overlay', 0, data),
  ];
}

/** A folder to cover that hides nothing of what is still needed. */
function coveredPlace(needed: readonly string[]): string {
  const isFree = (place: string): boolean =>
    fs.existsSync(place) && !needed.some((each) => each === place || each.startsWith(`${place}/`));
  const place = places.find(isFree);
  if (place === undefined)
    throw new Failure({ step: 'mount_scratch', code: 'EBUSY', subject: places.join(' ') });
  return place;
}

/** Mounts a file or folder of the host inside, and makes the mount point, with its parents, if it is not there. */
function bindOps(root: string, bind: Bind, top = root): NativeOp[] {
  const isFolder = stat('bind', bind.source).isDirectory();
  const inside = resolveInRoot(root, bind.target);
  const target = onHost(top, inside);
  const parents = parentsOf(isFolder ? inside : path.posix.dirname(inside))
    .filter((parent) => !fs.existsSync(onHost(root, parent)))
    .map((parent) => op('make_mount_point', 'mkdir', [onHost(top, parent)], 0o755n));
  const isThere = fs.existsSync(onHost(root, inside));
  return [
    ...parents,
    ...(isFolder || isThere ? [] : [op('make_mount_point', 'touch', [target], 0o644n)]),
    mount('bind', bind.source, target, '', MS_BIND | MS_REC),
    ...(bind.writable ? [] : [op('read_only', 'readonly', [target], isFolder ? BigInt(AT_RECURSIVE) : 0n)]),
  ];
}

/** '/a/b' -> ['/a', '/a/b'] */
function parentsOf(folder: string): string[] {
  const parts = folder.split('/').filter(Boolean);
  return parts.map((_, i) => `/${parts.slice(0, i + 1).join('/')}`);
}

function resolvConfBind(profile: Profile, { resolvConf }: SetupFacts): Bind[] {
  if (resolvConf === undefined || !profile.namespaces.includes('mnt')) return [];
  return [{ source: resolvConf, target: '/etc/resolv.conf', writable: false }];
}

/** Without links, because the mount points below it are found through it. */
function realFolder(folder: string): string {
  if (!stat('root_directory', folder).isDirectory())
    throw new Failure({ step: 'root_directory', code: 'ENOTDIR', subject: folder });
  return fs.realpathSync(folder);
}

function stat(step: string, file: string): fs.Stats {
  try {
    return fs.statSync(file);
  } catch (error) {
    throw Failure.of(step, error, file);
  }
}
