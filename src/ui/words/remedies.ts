import { harmless } from '../../kernel/harmless';
import type { Cause } from '../../runtime/causes';
import type { Machine } from '../../runtime/machine';
import type { Translate } from '../translate';

/** Something to copy, and what it does. */
export interface Recipe {
  readonly words: string;
  readonly language: 'sh' | 'powershell' | 'yaml' | 'ini';
  readonly text: string;
}

/** What whoever administers the machine can do about a cause. Anton itself changes nothing. */
export function recipesFor(cause: Cause, machine: Machine, t: Translate): readonly Recipe[] {
  const sh = (words: string, ...lines: string[]): Recipe => ({
    words,
    language: 'sh',
    text: lines.join('\n'),
  });
  const { name, uid } = machine.person;
  const who = harmless(name === '' ? String(uid) : name);
  switch (cause.cause) {
    case 'wsl1':
      return [
        {
          words: t('In PowerShell, with the name that the first line prints:'),
          language: 'powershell',
          text: 'wsl --list --verbose\nwsl --set-version <distribution> 2',
        },
      ];
    case 'userns-clone-off':
      return [sysctl('kernel.unprivileged_userns_clone', '1', t)];
    case 'max-user-namespaces':
      return [sysctl(cause.subject ?? 'user.max_user_namespaces', '63000', t)];
    case 'apparmor-userns':
      return apparmorRecipes(machine, t);
    case 'container-apparmor':
      return containerRecipes(machine, 'apparmor=unconfined', 'appArmorProfile', t);
    case 'container-seccomp':
      return containerRecipes(machine, 'seccomp=unconfined', 'seccompProfile', t);
    case 'masked-proc':
      return unmaskRecipes(machine, t);
    case 'no-subordinate-ids':
      return [
        sh(
          t('Grants 65536 ids; choose a range that no other line of the two files has:'),
          `sudo usermod --add-subuids 100000-165535 --add-subgids 100000-165535 ${who}`,
        ),
      ];
    case 'helper-missing':
      return [
        sh(
          t('On Debian and Ubuntu; the packages are called alike elsewhere:'),
          cause.subject?.includes('newuidmap')
            ? 'sudo apt-get install uidmap'
            : 'sudo apt-get install slirp4netns    # or: passt',
        ),
      ];
    case 'helper-not-privileged':
      return [
        sh(
          t('Installs the programs again, with what their files need:'),
          'sudo apt-get install --reinstall uidmap',
          'getcap $(command -v newuidmap newgidmap); ls -l $(command -v newuidmap newgidmap)',
        ),
      ];
    case 'no-tun':
      return [
        sh(
          t('Makes the device and lets everyone open it:'),
          'sudo modprobe tun',
          'sudo chmod 666 /dev/net/tun',
        ),
      ];
    case 'no-delegation':
      return [
        sh(
          t('Delegates all controllers to every person’s own systemd; they have to log in again:'),
          'sudo mkdir -p /etc/systemd/system/user@.service.d',
          "printf '[Service]\\nDelegate=cpu cpuset io memory pids\\n' |",
          '  sudo tee /etc/systemd/system/user@.service.d/delegate.conf',
          'sudo systemctl daemon-reload',
        ),
      ];
    default:
      return [];
  }
}

function sysctl(name: string, value: string, t: Translate): Recipe {
  return {
    words: t('Now, and after every restart:'),
    language: 'sh',
    text: `echo '${name} = ${value}' | sudo tee /etc/sysctl.d/90-anton.conf\nsudo sysctl --system`,
  };
}

/** One profile on one path: with two the kernel attaches neither, and installing another says nothing about it. */
function apparmorRecipes({ executable }: Machine, t: Translate): Recipe[] {
  const first: Recipe = {
    words: t(
      'First look whether a profile for this file exists. With two profiles on one path the kernel attaches neither, and says nothing: then add the line `userns,` to that one instead.',
    ),
    language: 'sh',
    text: `sudo grep -rnF ${shellQuote(executable)} /etc/apparmor.d\nsudo grep -rnE '^ *(profile|/)' /etc/apparmor.d | grep -F ${shellQuote(fileName(executable))}`,
  };
  const install: Recipe = {
    words: t(
      'If there is none, this one allows user namespaces to exactly the file that runs Anton. Then restart the editor’s server and check again. The path may change when the editor is updated.',
    ),
    language: 'sh',
    text: [
      "sudo tee /etc/apparmor.d/anton <<'END'",
      'abi <abi/4.0>,',
      'include <tunables/global>',
      '',
      `profile anton ${apparmorPath(executable)} flags=(unconfined) {`,
      '  userns,',
      '}',
      'END',
      'sudo apparmor_parser --replace /etc/apparmor.d/anton',
    ].join('\n'),
  };
  const open = sysctl('kernel.apparmor_restrict_unprivileged_userns', '0', t);
  const all = { ...open, words: t('Or, for all programs of this machine, now and after every restart:') };
  return [first, install, all];
}

/** A path as apparmor.d(5) takes it: quoted, and what would be a pattern escaped. */
export function apparmorPath(file: string): string {
  return `"${harmless(file).replace(/[\\"*?[\]{}^@]/g, '\\$&')}"`;
}

function containerRecipes(machine: Machine, option: string, field: string, t: Translate): Recipe[] {
  const engine: Recipe = {
    words: t('When the container is started (in devcontainer.json: "runArgs"):'),
    language: 'sh',
    text: `${machine.container === 'podman' ? 'podman' : 'docker'} run --security-opt ${option} ...`,
  };
  const pod: Recipe = {
    words: t('In the pod of Kubernetes:'),
    language: 'yaml',
    text: `securityContext:\n  ${field}:\n    type: Unconfined`,
  };
  return machine.container === 'kubernetes'
    ? [pod]
    : [engine, ...(machine.container === undefined ? [pod] : [])];
}

function unmaskRecipes(machine: Machine, t: Translate): Recipe[] {
  const words = t('When the container is started:');
  const docker: Recipe = {
    words,
    language: 'sh',
    text: 'docker run --security-opt systempaths=unconfined ...',
  };
  const podman: Recipe = { words, language: 'sh', text: 'podman run --security-opt unmask=ALL ...' };
  const pod: Recipe = {
    words: t('In the pod of Kubernetes, which must have a user namespace for it:'),
    language: 'yaml',
    text: 'hostUsers: false\ncontainers:\n  - securityContext:\n      procMount: Unmasked',
  };
  switch (machine.container) {
    case 'docker':
    case 'codespaces':
      return [docker];
    case 'podman':
      return [podman];
    case 'kubernetes':
      return [pod];
    default:
      return [podman, docker, pod];
  }
}

function fileName(file: string): string {
  return file.slice(file.lastIndexOf('/') + 1);
}

function shellQuote(text: string): string {
  return `'${harmless(text).replaceAll("'", `'\\''`)}'`;
}
