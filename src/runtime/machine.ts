import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { capabilityMask } from '../kernel/capabilities';
import { parseIdMap, type IdMap } from '../kernel/idMap';
import { namespaceKinds, type NamespaceKind } from '../kernel/kinds';
import { currentPerson, type Person } from './profileMaps';
import { subordinateRanges, type SubordinateIds } from './subordinateIds';

/** Facts about this machine that tell why the kernel may refuse namespaces. What cannot be read is undefined. */
export interface Machine {
  readonly platform: string;
  /** As uname(2) gives it: '6.8.0-45-generic'. */
  readonly kernel: string;
  readonly wsl: 1 | 2 | undefined;
  /** The engine whose marks were found: its seccomp filter is then the likely cause of EPERM. */
  readonly container: ContainerKind | undefined;
  readonly person: Person;
  /** The file that this process executes, free of links: what an AppArmor profile has to name. */
  readonly executable: string;
  /** Has CAP_SYS_ADMIN, in its own user namespace. */
  readonly privileged: boolean;
  /** Kinds that this kernel has. */
  readonly kinds: readonly NamespaceKind[];
  /** /proc/sys/user/max_KIND_namespaces, of this user namespace. */
  readonly maxNamespaces: Readonly<Partial<Record<NamespaceKind, number>>>;
  /** Debian's and Arch's switch, kernel.unprivileged_userns_clone. */
  readonly unprivilegedUsernsClone: number | undefined;
  /** Ubuntu's switch, kernel.apparmor_restrict_unprivileged_userns. */
  readonly apparmorRestrictsUserns: number | undefined;
  /** The AppArmor profile of this process: 'unconfined', 'docker-default (enforce)'. */
  readonly apparmorProfile: string | undefined;
  /** 2: a filter applies (seccomp(2)); 0: none. */
  readonly seccomp: number | undefined;
  readonly noNewPrivileges: boolean;
  /** More than one row, or not the identity: this process itself runs in a user namespace. */
  readonly uidMap: IdMap | undefined;
  /** Mount points that cover parts of /proc; '/proc' itself if it is read-only. */
  readonly maskedProc: readonly string[];
  readonly chroot: boolean;
  readonly subordinateUids: SubordinateIds;
  readonly subordinateGids: SubordinateIds;
  readonly helpers: readonly HelperFact[];
  /** Whether /dev/net/tun may be opened, which pasta and slirp4netns need. */
  readonly tun: boolean;
  /** Where cgroup2 is mounted, the cgroup of this process, and what it may do there. */
  readonly cgroup: CgroupFact | undefined;
}

export type ContainerKind = 'docker' | 'podman' | 'kubernetes' | 'lxc' | 'codespaces' | 'other';

/** A program that some profiles need. */
export interface HelperFact {
  readonly name: string;
  readonly path: string | undefined;
  /** Owned by root and setuid. File capabilities, which serve as well, cannot be read by Node. */
  readonly setuid: boolean;
}

export interface CgroupFact {
  readonly mount: string;
  readonly own: string;
  readonly writable: boolean;
  /** Controllers that cgroup v2 has on this system; others may still belong to v1. */
  readonly available: readonly string[];
  /** Those that a cgroup below this process's own could have. */
  readonly controllers: readonly string[];
}

const helperNames = ['newuidmap', 'newgidmap', 'slirp4netns', 'pasta'];

/** Reads the facts: some dozens of small files, only after something was refused or when a person asks. */
export function readMachine(): Machine {
  const person = currentPerson();
  const status = readText('/proc/self/status') ?? '';
  const mounts = parseMounts(readText('/proc/self/mountinfo') ?? '');
  return {
    platform: process.platform,
    kernel: os.release(),
    wsl: wslOf(os.release()),
    container: containerKind(),
    person,
    executable: realPath(process.execPath),
    privileged: isPrivileged(status),
    kinds: namespaceKinds.filter((kind) => fs.existsSync(`/proc/self/ns/${kind}`)),
    maxNamespaces: readLimits(),
    unprivilegedUsernsClone: readNumber('/proc/sys/kernel/unprivileged_userns_clone'),
    apparmorRestrictsUserns: readNumber('/proc/sys/kernel/apparmor_restrict_unprivileged_userns'),
    apparmorProfile: readText('/proc/self/attr/apparmor/current')?.trim(),
    seccomp: numberIn(status, 'Seccomp'),
    noNewPrivileges: numberIn(status, 'NoNewPrivs') === 1,
    uidMap: readUidMap(),
    maskedProc: maskedProc(mounts),
    chroot: mounts.length > 0 && !mounts.some(({ target }) => target === '/'),
    subordinateUids: subordinateRanges(readText('/etc/subuid') ?? '', person.name, person.uid),
    subordinateGids: subordinateRanges(readText('/etc/subgid') ?? '', person.name, person.uid),
    helpers: helperNames.map(helperFact),
    tun: mayAccess('/dev/net/tun', fs.constants.R_OK | fs.constants.W_OK),
    cgroup: cgroupFact(mounts),
  };
}

/** '4.4.0-19041-Microsoft' is WSL 1, '5.15.153.1-microsoft-standard-WSL2' is WSL 2. */
export function wslOf(release: string): 1 | 2 | undefined {
  if (!/microsoft/i.test(release)) return undefined;
  return release.endsWith('-Microsoft') ? 1 : 2;
}

/** Whether a release such as '6.8.0-45-generic' is at least '5.11'; an unreadable one is. */
export function isKernelAtLeast(release: string, wanted: string): boolean {
  const numbers = (text: string): number[] => text.split(/[.-]/, 2).map(Number);
  const [major = NaN, minor = NaN] = numbers(release);
  const [wantedMajor = 0, wantedMinor = 0] = numbers(wanted);
  if (Number.isNaN(major) || Number.isNaN(minor)) return true;
  return major > wantedMajor || (major === wantedMajor && minor >= wantedMinor);
}

interface Mount {
  readonly target: string;
  readonly readOnly: boolean;
  readonly type: string;
}

/** Lines of /proc/PID/mountinfo (proc_pid_mountinfo(5)). */
function parseMounts(text: string): Mount[] {
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => {
      const fields = line.split(' ');
      const type = line.split(' - ')[1]?.split(' ')[0] ?? '';
      return { target: fields[4] ?? '', readOnly: /^ro(,|$)/.test(fields[5] ?? ''), type };
    });
}

/** binfmt_misc has a mount point made for it, which the kernel does not count (mnt_already_visible in fs/namespace.c). */
function maskedProc(mounts: readonly Mount[]): string[] {
  const covering = mounts.filter(
    ({ target }) => target.startsWith('/proc/') && target !== '/proc/sys/fs/binfmt_misc',
  );
  const itself = mounts.filter(({ target, readOnly }) => target === '/proc' && readOnly);
  return [...new Set([...itself, ...covering].map(({ target }) => target))];
}

function cgroupFact(mounts: readonly Mount[]): CgroupFact | undefined {
  const mount = mounts.find(({ type }) => type === 'cgroup2')?.target;
  const own = /^0::(.*)$/m.exec(readText('/proc/self/cgroup') ?? '')?.[1];
  if (mount === undefined || own === undefined) return undefined;
  const folder = path.join(mount, own);
  return {
    mount,
    own,
    writable: mayAccess(folder, fs.constants.W_OK) && mayAccess(`${folder}/cgroup.procs`, fs.constants.W_OK),
    available: controllersOf(mount),
    controllers: controllersOf(folder),
  };
}

function controllersOf(folder: string): readonly string[] {
  const text = readText(path.join(folder, 'cgroup.controllers')) ?? '';
  return text.split(/\s+/).filter(Boolean);
}

function containerKind(): ContainerKind | undefined {
  if (process.env['KUBERNETES_SERVICE_HOST'] !== undefined) return 'kubernetes';
  if (process.env['CODESPACES'] !== undefined) return 'codespaces';
  if (fs.existsSync('/run/.containerenv')) return 'podman';
  if (fs.existsSync('/.dockerenv')) return 'docker';
  const named = process.env['container'];
  if (named === 'podman' || named === 'docker' || named === 'lxc') return named;
  return named !== undefined || process.env['REMOTE_CONTAINERS'] !== undefined ? 'other' : undefined;
}

function readLimits(): Partial<Record<NamespaceKind, number>> {
  const limits: Partial<Record<NamespaceKind, number>> = {};
  for (const kind of namespaceKinds) {
    const limit = readNumber(`/proc/sys/user/max_${kind}_namespaces`);
    if (limit !== undefined) limits[kind] = limit;
  }
  return limits;
}

function readUidMap(): IdMap | undefined {
  const text = readText('/proc/self/uid_map');
  return text === undefined ? undefined : parseIdMap(text);
}

function isPrivileged(status: string): boolean {
  const effective = /^CapEff:\s*([0-9a-f]+)$/m.exec(status)?.[1];
  return effective !== undefined && (BigInt(`0x${effective}`) & capabilityMask(['CAP_SYS_ADMIN'])) !== 0n;
}

function helperFact(name: string): HelperFact {
  const folders = [...(process.env['PATH'] ?? '').split(':'), '/usr/sbin', '/sbin'].filter((folder) =>
    path.isAbsolute(folder),
  );
  const file = folders
    .map((folder) => path.join(folder, name))
    .find((each) => mayAccess(each, fs.constants.X_OK));
  const stat = file === undefined ? undefined : fs.statSync(file, { throwIfNoEntry: false });
  return { name, path: file, setuid: stat?.uid === 0 && (stat.mode & 0o4000) !== 0 };
}

function mayAccess(file: string, mode: number): boolean {
  try {
    fs.accessSync(file, mode);
    return true;
  } catch {
    return false;
  }
}

function realPath(file: string): string {
  try {
    return fs.realpathSync(file);
  } catch {
    return file;
  }
}

function numberIn(status: string, field: string): number | undefined {
  const value = new RegExp(`^${field}:\\s*(\\d+)$`, 'm').exec(status)?.[1];
  return value === undefined ? undefined : Number(value);
}

function readNumber(file: string): number | undefined {
  const text = readText(file);
  return text === undefined || text.trim() === '' ? undefined : Number(text);
}

function readText(file: string): string | undefined {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
