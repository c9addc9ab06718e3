/** The capabilities by their number. Source: <linux/capability.h>, capabilities(7). */
export const capabilities = [
  'CAP_CHOWN',
  'CAP_DAC_OVERRIDE',
  'CAP_DAC_READ_SEARCH',
  'CAP_FOWNER',
  'CAP_FSETID',
  'CAP_KILL',
  'CAP_SETGID',
  'CAP_SETUID',
  'CAP_SETPCAP',
  'CAP_LINUX_IMMUTABLE',
  'CAP_NET_BIND_SERVICE',
  'CAP_NET_BROADCAST',
  'CAP_NET_ADMIN',
  'CAP_NET_RAW',
  'CAP_IPC_LOCK',
  'CAP_IPC_OWNER',
  'CAP_SYS_MODULE',
  'CAP_SYS_RAWIO',
  'CAP_SYS_CHROOT',
  'CAP_SYS_PTRACE',
  'CAP_SYS_PACCT',
  'CAP_SYS_ADMIN',
  'CAP_SYS_BOOT',
  'CAP_SYS_NICE',
  'CAP_SYS_RESOURCE',
  'CAP_SYS_TIME',
  'CAP_SYS_TTY_CONFIG',
  'CAP_MKNOD',
  'CAP_LEASE',
  'CAP_AUDIT_WRITE',
  'CAP_AUDIT_CONTROL',
  'CAP_SETFCAP',
  'CAP_MAC_OVERRIDE',
  'CAP_MAC_ADMIN',
  'CAP_SYSLOG',
  'CAP_WAKE_ALARM',
  'CAP_BLOCK_SUSPEND',
  'CAP_AUDIT_READ',
  'CAP_PERFMON',
  'CAP_BPF',
  'CAP_CHECKPOINT_RESTORE',
] as const;

export type Capability = (typeof capabilities)[number];

/** Every capability, also those that a later kernel may have. */
export const everyCapability = 'ALL';

/** The bits of these names; unknown ones count for nothing. */
export function capabilityMask(names: readonly string[]): bigint {
  if (names.includes(everyCapability)) return (1n << 64n) - 1n;
  return capabilities.reduce(
    (mask, name, bit) => (names.includes(name) ? mask | (1n << BigInt(bit)) : mask),
    0n,
  );
}

/** True if these capabilities (CapEff of /proc/PID/status) have that one. */
export function hasCapability(mask: bigint, name: Capability): boolean {
  return (mask & capabilityMask([name])) !== 0n;
}

/** Their names, in the order of their bits; bits of a later kernel have none. */
export function capabilitiesIn(mask: bigint): readonly Capability[] {
  return capabilities.filter((name) => hasCapability(mask, name));
}
