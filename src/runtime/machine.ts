import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { capabilitiesIn, type Capability } from '../kernel/capabilities';
import { mayAccess, readText } from '../kernel/files';
import { parseIdMap, type IdMap } from '../kernel/idMap';
import { namespaceKinds, type NamespaceKind } from '../kernel/kinds';
import { parseStatus } from '../kernel/proc';
import { type CgroupFact, cgroupFact } from './cgroupFact';
import { wslOf } from './kernelRelease';
import { maskedProc, parseMounts } from './mounts';
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
  /** The effective ones, in its own user namespace. */
  readonly capabilities: readonly Capability[];
  /** CAP_SYS_ADMIN is among them. */
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
  readonly gidMap: IdMap | undefined;
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

const helperNames = ['newuidmap', 'newgidmap', 'slirp4netns', 'pasta'];

/** Reads the facts: some dozens of small files, only after something was refused or when a person asks. */
export function readMachine(): Machine {
  const person = currentPerson();
  const status = readText('/proc/self/status') ?? '';
  const mounts = parseMounts(readText('/proc/self/mountinfo') ?? '');
  const capabilities = capabilitiesIn(parseStatus(Buffer.from(status))?.capabilities ?? 0n);
  return {
    platform: process.platform,
    kernel: os.release(),
    wsl: wslOf(os.release()),
    container: containerKind(),
    person,
    executable: realPath(process.execPath),
    capabilities,
    privileged: capabilities.includes('CAP_SYS_ADMIN'),
    kinds: namespaceKinds.filter((kind) => fs.existsSync(`/proc/self/ns/${kind}`)),
    maxNamespaces: readLimits(),
    unprivilegedUsernsClone: readNumber('/proc/sys/kernel/unprivileged_userns_clone'),
    apparmorRestrictsUserns: readNumber('/proc/sys/kernel/apparmor_restrict_unprivileged_userns'),
    apparmorProfile: readText('/proc/self/attr/apparmor/current')?.trim(),
    seccomp: numberIn(status, 'Seccomp'),
    noNewPrivileges: numberIn(status, 'NoNewPrivs') === 1,
    uidMap: readMap('uid_map'),
    gidMap: readMap('gid_map'),
    maskedProc: maskedProc(mounts),
    chroot: mounts.length > 0 && !mounts.some(({ target }) => target === '/'),
    subordinateUids: subordinateRanges(readText('/etc/subuid') ?? '', person.name, person.uid),
    subordinateGids: subordinateRanges(readText('/etc/subgid') ?? '', person.name, person.uid),
    helpers: helperNames.map(helperFact),
    tun: mayAccess('/dev/net/tun', fs.constants.R_OK | fs.constants.W_OK),
    cgroup: cgroupFact(mounts),
  };
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

function readMap(file: 'uid_map' | 'gid_map'): IdMap | undefined {
  const text = readText(`/proc/self/${file}`);
  return text === undefined ? undefined : parseIdMap(text);
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
