import type { CauseName } from '../../runtime/causes';
import type { Machine } from '../../runtime/machine';
import type { Translate } from '../translate';
import type { Teller } from './causeFacts';

/** What is missing or used up: programs, devices, ids, room. */
export const meansCauses = {
  'no-subordinate-ids': ({ subject, machine }, t) => ({
    why: unreadableIds(subject, machine, t) ?? t('{0} grants you no further ids.', subject),
    remedy: t('Ask the administrator for subordinate ids (usermod --add-subuids, --add-subgids).'),
  }),
  'helper-missing': ({ subject }, t) => ({
    why: t('It needs a program that is not installed: {0}.', subject),
    remedy: t('Ask the administrator to install it.'),
  }),
  'helper-not-privileged': ({ subject }, t) => ({
    why: t('{0} is not setuid root, and seems to have no file capabilities.', subject),
    remedy: t('Ask the administrator to install it again.'),
  }),
  'helper-failed': ({ subject }, t) => ({
    why: t('The program that does it has failed: {0}', subject),
    remedy: t('Its message may say more to the administrator.'),
  }),
  'helper-silent': (_, t) => ({
    why: t('The program that does it said nothing in time, and was ended.'),
    remedy: t('Try again when the machine is less busy.'),
  }),
  'no-tun': (_, t) => ({
    why: t(
      'The device /dev/net/tun is not there, or you may not open it; the programs for a network need it.',
    ),
    remedy: t('Ask the administrator for it, with mode 0666 (docker: --device /dev/net/tun).'),
  }),
  'no-cgroup2': (_, t) => ({
    why: t(
      'Limits need cgroup v2 with the controllers cpu, memory and pids, which this system does not have, or still gives to v1.',
    ),
    remedy: t('Ask the administrator to boot with systemd.unified_cgroup_hierarchy=1.'),
  }),
  'no-delegation': ({ subject }, t) => ({
    why: t('No cgroup with these controllers is delegated to you: {0}.', subject),
    remedy: t('Ask the administrator to delegate one (systemd: Delegate=yes).'),
  }),
  'cgroup-full': (_, t) => ({
    why: t('No further cgroup may be made here: cgroup.max.descendants or cgroup.max.depth is reached.'),
    remedy: t('Close other terminals with limits, or ask the administrator for more.'),
  }),
  'too-many-files': ({ subject }, t) => ({
    why: t('This process, or the whole system, may open no more ({0}).', subject),
    remedy: t('Close terminals or editors, reload the window, or ask for a higher limit (ulimit -n).'),
  }),
  'too-many-processes': (_, t) => ({
    why: t('You, or the container this runs in, may start no more.'),
    remedy: t('End programs that you do not need, or ask for a higher limit (ulimit -u, pids.max).'),
  }),
  'too-many-mounts': (_, t) => ({
    why: t(
      'A mount namespace may have no more mounts (fs.mount-max). “No space left on device” means this limit, not a disk.',
    ),
    remedy: t('Mount less, or ask the administrator to have fs.mount-max raised.'),
  }),
  'no-pseudoterminal': ({ subject }, t) => ({
    why: t('The system allows only so many (kernel.pty.max), or devpts is not mounted ({0}).', subject),
    remedy: t('Close terminals that you do not need, or ask for a higher kernel.pty.max.'),
  }),
  'no-memory': (_, t) => ({
    why: t('The kernel has no memory left for it.'),
    remedy: t('Close programs or terminals, and try again.'),
  }),
  'disk-full': (_, t) => ({
    why: t('The file system is full, or allows no more files.'),
    remedy: t('Make room on it, or use a root directory on another one.'),
  }),
} satisfies Partial<Record<CauseName, Teller>>;

/** Lines that are neither a comment nor OWNER:FIRST:COUNT may have been meant for this person. */
function unreadableIds(file: string, machine: Machine, t: Translate): string | undefined {
  const { unreadable } = file.endsWith('gid') ? machine.subordinateGids : machine.subordinateUids;
  if (unreadable.length === 0) return undefined;
  return t(
    '{0} grants you no further ids that anyone could read; its unreadable lines: {1}.',
    file,
    unreadable.join(', '),
  );
}
