/** Why something does not work, as likely as the facts tell. The words are in ui/words/causes.ts. */
export type CauseName =
  | 'not-linux'
  | 'wsl1'
  | 'old-kernel'
  | 'kernel-without'
  | 'userns-clone-off'
  | 'max-user-namespaces'
  | 'nesting-limit'
  | 'apparmor-userns'
  | 'container-apparmor'
  | 'container-seccomp'
  | 'masked-proc'
  | 'read-only-proc'
  | 'chroot'
  | 'initramfs'
  | 'unmapped-person'
  | 'no-capability'
  | 'no-subordinate-ids'
  | 'nested-ids'
  | 'no-new-privs'
  | 'helper-missing'
  | 'helper-not-privileged'
  | 'helper-failed'
  | 'helper-silent'
  | 'no-tun'
  | 'no-cgroup2'
  | 'no-delegation'
  | 'cgroup-full'
  | 'overlay-below'
  | 'no-library'
  | 'noexec'
  | 'old-libc'
  | 'too-many-files'
  | 'too-many-processes'
  | 'too-many-mounts'
  | 'disk-full'
  | 'no-pseudoterminal'
  | 'no-memory'
  | 'timed-out'
  | 'security-policy'
  | 'unknown';

export interface Cause {
  readonly cause: CauseName;
  /** What it is about: programs, a sysctl, a capability, controllers, what a program said. */
  readonly subject?: string;
  /** The Linux version that brought what is missing: '5.6'. */
  readonly since?: string;
}

/** Whether something is not there, rather than refused. */
export function isAbsence({ cause }: Cause): boolean {
  return ['helper-missing', 'old-kernel', 'kernel-without', 'no-cgroup2'].includes(cause);
}
