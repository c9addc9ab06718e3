/** The eight kinds of namespace, written as the kernel writes them in /proc/PID/ns, in the order Anton shows them. */
export const namespaceKinds = ['user', 'pid', 'mnt', 'uts', 'ipc', 'net', 'cgroup', 'time'] as const;

export type NamespaceKind = (typeof namespaceKinds)[number];

/**
 * Inode number of a namespace in nsfs, as in `readlink /proc/PID/ns/KIND` -> `kind:[4026531836]`. Unique among the
 * namespaces that exist at one time; the kernel may use it again afterwards (namespaces(7)).
 */
export type NamespaceId = number & { readonly brand: 'NamespaceId' };

/** Flags of clone(2), unshare(2) and setns(2), from <linux/sched.h>. */
export const cloneFlag: Readonly<Record<NamespaceKind, number>> = {
  user: 0x10000000,
  pid: 0x20000000,
  mnt: 0x00020000,
  uts: 0x04000000,
  ipc: 0x08000000,
  net: 0x40000000,
  cgroup: 0x02000000,
  time: 0x00000080,
};

/** The flags of several kinds in one word. */
export function cloneFlags(kinds: Iterable<NamespaceKind>): number {
  let flags = 0;
  for (const kind of kinds) flags |= cloneFlag[kind];
  return flags;
}
