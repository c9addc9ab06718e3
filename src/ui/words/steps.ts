import type { Translate } from '../translate';

/** What a step does, for a class that reads how a terminal was made; '' for a step that speaks for itself. */
export function explainStep(step: string, t: Translate): string {
  switch (step) {
    case 'open_pty':
      return t('makes the terminal device: ptmx and pts');
    case 'socketpair':
      return t('lets parent and child speak to each other');
    case 'open_namespaces':
      return t('opens the namespaces to join');
    case 'map_stack':
      return t('gives the child a stack of its own');
    case 'clone_guard':
      return t('makes the guard that ends what is left over');
    case 'open_guard':
      return t('finds the program that stays beside the terminal');
    case 'clone_program':
      return t('makes the program’s process, below an init');
    case 'unshare_cgroup':
      return t('begins a cgroup namespace, whose root is where it is now');
    case 'unshare_time':
      return t('begins a time namespace, which execve enters');
    case 'write_timens_offsets':
      return t('says how far its clocks are ahead');
    case 'lo_up':
      return t('switches the loopback interface on');
    case 'setids':
      return t('takes ids that the map has');
    case 'newuidmap':
      return t('has the users mapped that /etc/subuid grants');
    case 'newgidmap':
      return t('has the groups mapped that /etc/subgid grants');
    case 'bind':
      return t('shows a file or folder of the host inside');
    case 'read_only':
      return t('keeps what is mounted there from being written to');
    case 'bind_root':
      return t('makes the folder a mount, as pivot_root demands');
    case 'mount_scratch':
      return t('makes room in memory for what will be written');
    case 'mount_overlay':
      return t('lays that room over the folder');
    case 'bind_proc':
      return t('shows the host’s /proc inside');
    case 'mount_dev':
      return t('makes a /dev of its own');
    case 'make_device':
    case 'make_mount_point':
    case 'make_link':
      return t('makes a place for it');
    case 'bind_device':
      return t('shows a device of the host inside');
    case 'bind_console':
      return t('shows this terminal as /dev/console');
    case 'mount_devpts':
      return t('makes pseudoterminals of its own');
    case 'mount_shm':
      return t('makes shared memory of its own');
    case 'bind_scripts':
      return t('shows Anton’s start-up files for shells inside');
    case 'enter_root':
      return t('goes to the root directory');
    case 'pivot_root':
      return t('makes the folder the root directory');
    case 'umount_old_root':
      return t('leaves the host’s files behind');
    case 'drop_capabilities':
      return t('gives capabilities up for good');
    case 'no_new_privs':
      return t('gives up every way to new privileges');
    case 'set_child_subreaper':
      return t('orphans become children of the guard');
    case 'exec_guard':
      return t('starts the guard');
    case 'setns':
      return t('enters the namespaces of another process');
    case 'same_namespaces':
      return t('both are in the same: there is nothing to enter');
    case 'drop_groups':
      return t('leaves groups behind that do not exist inside');
    case 'clone':
      return t('makes the first process, in its new namespaces');
    case 'reset_signals':
      return t('puts signal handlers back to their defaults');
    case 'close_fds':
      return t('keeps open files from the new program');
    case 'set_pdeathsig':
      return t('ends the process if VS Code ends');
    case 'wait_for_maps':
      return t('waits until its ids are mapped');
    case 'write_setgroups':
      return t('gives up setgroups, as gid_map demands');
    case 'write_uid_map':
      return t('says who its users are outside');
    case 'write_gid_map':
      return t('says which its groups are outside');
    case 'setsid':
      return t('begins a session of its own');
    case 'controlling_terminal':
      return t('makes the terminal the one that Ctrl-C comes from');
    case 'stdio':
      return t('connects input and output to the terminal');
    case 'sethostname':
      return t('gives the UTS namespace its hostname');
    case 'private_mounts':
      return t('keeps mounts from the host, both ways');
    case 'mount_proc':
      return t('mounts a /proc that knows its own processes only');
    case 'chdir':
      return t('goes to the folder');
    case 'execve':
      return t('becomes the program');
    default:
      return '';
  }
}
