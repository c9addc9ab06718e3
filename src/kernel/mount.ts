/** Flags of mount(2), from <linux/mount.h>. */
export const mountFlag = {
  MS_RDONLY: 0x1,
  MS_NOSUID: 0x2,
  MS_NODEV: 0x4,
  MS_NOEXEC: 0x8,
  MS_REMOUNT: 0x20,
  MS_BIND: 0x1000,
  MS_REC: 0x4000,
  MS_PRIVATE: 0x40000,
} as const;

/** Of umount2(2). */
export const MNT_DETACH = 0x2;

/** Of mount_setattr(2). */
export const AT_RECURSIVE = 0x8000;

/** 0x1002 -> 'MS_NOSUID|MS_BIND'; 0 -> '0'. */
export function mountFlagNames(flags: number): string {
  const names = Object.entries(mountFlag)
    .filter(([, flag]) => (flags & flag) !== 0)
    .map(([name]) => name);
  return names.join('|') || '0';
}
