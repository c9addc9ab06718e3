import * as fs from 'node:fs';

/** Facts about this machine that tell why the kernel may refuse namespaces. Missing files are undefined. */
export interface Machine {
  readonly maxUserNamespaces: number | undefined;
  /** Debian's and Arch's switch, kernel.unprivileged_userns_clone. */
  readonly unprivilegedUsernsClone: number | undefined;
  /** Ubuntu's switch, kernel.apparmor_restrict_unprivileged_userns. */
  readonly apparmorRestrictsUserns: number | undefined;
  /** Whether a container engine left its mark: its seccomp filter is then the likely cause of EPERM. */
  readonly inContainer: boolean;
  readonly noNewPrivileges: boolean;
}

/** Reads the facts; a handful of small files, only after something was refused. */
export function readMachine(): Machine {
  return {
    maxUserNamespaces: readNumber('/proc/sys/user/max_user_namespaces'),
    unprivilegedUsernsClone: readNumber('/proc/sys/kernel/unprivileged_userns_clone'),
    apparmorRestrictsUserns: readNumber('/proc/sys/kernel/apparmor_restrict_unprivileged_userns'),
    inContainer: isInContainer(),
    noNewPrivileges: /^NoNewPrivs:\s*1$/m.test(readText('/proc/self/status') ?? ''),
  };
}

function isInContainer(): boolean {
  const marks = ['/.dockerenv', '/run/.containerenv'];
  const variables = ['container', 'KUBERNETES_SERVICE_HOST', 'CODESPACES', 'REMOTE_CONTAINERS'];
  return (
    marks.some((mark) => fs.existsSync(mark)) ||
    variables.some((variable) => process.env[variable] !== undefined)
  );
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
