import type { FailureData } from '../../kernel/failure';
import { harmless } from '../../kernel/harmless';
import type { Translate } from '../translate';

/** Steps without which there is no isolated terminal at all. */
export function isNamespaceStep(step: string): boolean {
  return /^(clone|unshare_.*|write_(setgroups|[ug]id_map)|sethostname|private_mounts)$/.test(step);
}

/** What was refused, in one sentence that names the errno, and the step where the sentence does not. */
export function whatFailed(failure: FailureData, t: Translate): string {
  const { step, code } = failure;
  if (code === 'EMFILE' || code === 'ENFILE')
    return t('The terminal could not be made: too many files are open ({0}).', step);
  if (code === 'EAGAIN' && step !== 'limits')
    return t('The terminal could not be made: there are too many processes ({0}).', step);
  return (
    whatOfNamespaces(failure, t) ??
    whatOfMounts(failure, t) ??
    whatOfParts(failure, t) ??
    t('The terminal could not be made ({0}).', [step, code].filter(Boolean).join(': '))
  );
}

function whatOfNamespaces({ step, code }: FailureData, t: Translate): string | undefined {
  switch (step) {
    case 'clone':
      return t('The kernel refused to make the namespaces ({0}: {1}).', step, code);
    case 'unshare_cgroup':
    case 'unshare_time':
      return t('The kernel refused to make a {0} namespace ({1}).', step.slice('unshare_'.length), code);
    case 'write_setgroups':
    case 'write_gid_map':
    case 'write_uid_map':
      return t('The id maps could not be written ({0}: {1}).', step, code);
    case 'open_namespaces':
    case 'drop_groups':
    case 'setns':
      return t('The namespaces could not be entered ({0}: {1}).', step, code);
    case 'setids':
      return t('The ids of the profile’s map could not be taken ({0}).', code);
    case 'sethostname':
      return t('The hostname could not be set ({0}).', code);
    case 'lo_up':
      return t('The loopback interface could not be switched on ({0}).', code);
    case 'write_timens_offsets':
      return t('The clocks could not be moved ({0}).', code);
    case 'no_new_privs':
      return t('New privileges could not be given up ({0}).', code);
    case 'drop_capabilities':
      return t('The capabilities could not be given up ({0}).', code);
    default:
      return undefined;
  }
}

function whatOfMounts({ step, code, subject = '' }: FailureData, t: Translate): string | undefined {
  switch (step) {
    case 'private_mounts':
      return t('The mounts could not be kept apart from those of the host ({0}).', code);
    case 'mount_proc':
      return t('A fresh /proc could not be mounted ({0}).', code);
    case 'bind':
      return t('{0} cannot be mounted inside ({1}).', harmless(subject), code);
    case 'read_only':
      return t('{0} could not be made read-only ({1}).', harmless(subject), code);
    case 'mount_scratch':
    case 'mount_overlay':
      return t('The temporary root directory could not be made ({0}).', code);
    case 'bind_root':
    case 'pivot_root':
    case 'umount_old_root':
    case 'enter_root':
      return t('The root directory could not be entered ({0}: {1}).', step, code);
    case 'bind_proc':
    case 'mount_dev':
    case 'bind_device':
    case 'bind_console':
    case 'mount_devpts':
    case 'mount_shm':
    case 'bind_scripts':
      return t('{0} could not be mounted for the root directory ({1}).', harmless(subject), code);
    case 'make_mount_point':
    case 'make_device':
    case 'make_link':
      return t('{0} could not be made as a place for a mount ({1}).', harmless(subject), code);
    default:
      return undefined;
  }
}

function whatOfParts({ step, code }: FailureData, t: Translate): string | undefined {
  switch (step) {
    case 'platform':
      return t('Anton cannot open a terminal here.');
    case 'open_pty':
      return t('There is no pseudoterminal left.');
    case 'load_library':
      return t('Anton’s native library could not be loaded.');
    case 'open_guard':
    case 'clone_guard':
    case 'exec_guard':
      return t('anton-guard, which cleans up after a terminal, could not be started ({0}: {1}).', step, code);
    case 'subordinate_ids':
    case 'find_newuidmap':
    case 'find_newgidmap':
    case 'newuidmap':
    case 'newgidmap':
      return t('The ranges of ids could not be mapped ({0}).', step);
    case 'user_network':
      return t('The terminal could not be connected with the network.');
    case 'limits':
      return t('The limits of the profile cannot be kept.');
    default:
      return undefined;
  }
}
