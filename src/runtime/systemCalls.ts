import { capabilitiesIn } from '../kernel/capabilities';
import { cloneFlag, cloneFlags, type NamespaceKind } from '../kernel/kinds';
import { AT_RECURSIVE, MNT_DETACH, mountFlagNames } from '../kernel/mount';
import { enteredKinds, type NativeStep } from '../kernel/native';
import type { NativeOp } from '../kernel/nativeSpec';

/** What the readable form of a step's system call needs to know of the terminal. */
export interface CallFacts {
  /** CLONE_NEW* of the clone(2), and of the setns(2) calls. */
  readonly namespaces: number;
  readonly join: number;
  readonly joinPid: number;
  /** A time namespace is entered by a program of Anton's: the memory of this process may not be shared then. */
  readonly entersTime: boolean;
  readonly file: string;
  readonly argv: readonly string[];
  readonly cwd: string;
}

/** `clone(CLONE_NEWUSER|CLONE_NEWPID|SIGCHLD) = 25435`: a step as strace(1) would write it. */
export function callOf(step: NativeStep, facts: CallFacts): string {
  if (step.step === 'setns' && step.code === '') return callsOfSetns(step);
  const call = step.op ? callOfOp(step.op) : callOfStep(step.step, facts);
  const result = step.code === '' ? String(step.result) : `-1 ${step.code}`;
  return `${call} = ${result}`;
}

/** One call for each namespace, in the order in which they were entered. */
function callsOfSetns(step: NativeStep): string {
  const calls = enteredKinds(step).map((kind) => `setns(${cloneFlagNames(cloneFlags([kind]))})`);
  return `${calls.join(', ') || 'setns()'} = 0`;
}

/** What setns(2) has no use for: EINVAL for a user namespace, nothing for the others. */
export function callLeftOut(same: readonly NamespaceKind[]): string {
  return `setns(${cloneFlagNames(cloneFlags(same))}) left out: already there`;
}

function callOfStep(step: string, facts: CallFacts): string {
  const shared = 'CLONE_VM|CLONE_PIDFD|SIGCHLD';
  switch (step) {
    case 'open_pty':
      return 'posix_openpt(O_RDWR|O_NOCTTY), ioctl(TIOCGPTPEER)';
    case 'socketpair':
      return 'socketpair(AF_UNIX, SOCK_STREAM|SOCK_CLOEXEC)';
    case 'open_guard':
      return 'open("anton-guard", O_PATH|O_CLOEXEC)';
    case 'open_namespaces':
      return `open("/proc/${facts.joinPid}/ns/...", O_RDONLY|O_CLOEXEC)`;
    case 'map_stack':
      return 'mmap(PROT_READ|PROT_WRITE, MAP_PRIVATE|MAP_ANONYMOUS|MAP_STACK)';
    case 'clone_guard':
    case 'clone_program':
      return `clone(${shared})`;
    case 'set_child_subreaper':
      return 'prctl(PR_SET_CHILD_SUBREAPER, 1)';
    case 'setns':
      return `setns(${cloneFlagNames(facts.join)})`;
    case 'clone':
      return `clone(${[cloneFlagNames(facts.namespaces), shared].filter(Boolean).join('|')})`;
    case 'exec_guard':
      return 'execveat("anton-guard", AT_EMPTY_PATH)';
    case 'reset_signals':
      return 'rt_sigaction(1...64, SIG_DFL)';
    case 'close_fds':
      return 'close_range(0, ~0)';
    case 'set_pdeathsig':
      return 'prctl(PR_SET_PDEATHSIG, SIGKILL)';
    case 'wait_for_maps':
      return 'read(socket)';
    case 'setsid':
      return 'setsid()';
    case 'controlling_terminal':
      return 'ioctl(TIOCSCTTY)';
    case 'stdio':
      return 'dup3(tty, 0...2)';
    case 'chdir':
      return `chdir(${quote(facts.cwd)})`;
    case 'drop_groups':
      return 'setgroups(0, NULL)';
    case 'execve':
      return `${facts.entersTime ? 'execveat("anton-guard"), setns(CLONE_NEWTIME), ' : ''}execve(${quote(facts.file)}, [${facts.argv.map(quote).join(', ')}])`;
    default:
      return `${step}()`;
  }
}

/** An operation as strace(1) would write it, without its result. */
export function callOfOp({ kind, texts, number = 0n, data }: NativeOp): string {
  const [a = '', b = '', c = ''] = texts;
  const flags = Number(number & 0xffff_ffffn);
  switch (kind) {
    case 'mount':
      return `mount(${quote(a)}, ${quote(b)}, ${c === '' ? 'NULL' : quote(c)}, ${mountFlagNames(flags)}${data === undefined ? '' : `, ${quote(data)}`})`;
    case 'readonly':
      return `mount_setattr(${quote(a)}, ${flags === AT_RECURSIVE ? 'AT_RECURSIVE' : '0'}, MOUNT_ATTR_RDONLY)`;
    case 'readonly_below':
      return `mount_setattr(${quote(a)}, AT_RECURSIVE, MOUNT_ATTR_RDONLY)`;
    case 'umount':
      return `umount2(${quote(a)}, ${flags === MNT_DETACH ? 'MNT_DETACH' : flags})`;
    case 'pivot_root':
    case 'symlink':
      return `${kind}(${quote(a)}, ${quote(b)})`;
    case 'chdir':
    case 'sethostname':
      return `${kind}(${quote(a)})`;
    case 'mkdir':
      return `mkdir(${quote(a)}, 0${number.toString(8)})`;
    case 'touch':
      return `open(${quote(a)}, O_CREAT|O_EXCL, 0${number.toString(8)})`;
    case 'write':
      return `write ${a} ${quote(b)}`;
    case 'unshare':
      return `unshare(${cloneFlagNames(flags)})`;
    case 'lo_up':
      return 'ioctl(SIOCSIFFLAGS, {"lo", IFF_UP})';
    case 'setids':
      return `setresgid(${number >> 32n}), setresuid(${flags})`;
    case 'no_new_privs':
      return 'prctl(PR_SET_NO_NEW_PRIVS, 1)';
    case 'drop_caps':
      return `prctl(PR_CAPBSET_DROP, ${capabilityNames(number)}), capset()`;
  }
}

function capabilityNames(mask: bigint): string {
  if (mask === (1n << 64n) - 1n) return 'all';
  return capabilitiesIn(mask).join('|');
}

/** 0x30000000 -> 'CLONE_NEWUSER|CLONE_NEWPID'; the mount namespace is called CLONE_NEWNS. */
export function cloneFlagNames(flags: number): string {
  return Object.entries(cloneFlag)
    .filter(([, flag]) => (flags & flag) !== 0)
    .map(([kind]) => (kind === 'mnt' ? 'CLONE_NEWNS' : `CLONE_NEW${kind.toUpperCase()}`))
    .join('|');
}

function quote(text: string): string {
  return JSON.stringify(text);
}
