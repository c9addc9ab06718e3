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
    case 'set_child_subreaper':
      return t('orphans become children of the guard');
    case 'exec_guard':
      return t('starts the guard');
    case 'setns':
      return t('enters the namespaces of another terminal');
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
