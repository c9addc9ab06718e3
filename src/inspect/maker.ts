import type { ScannedLeader } from '../kernel/scanResult';
import type { Maker, MakerTool } from './snapshot';

/** What a namespace's maker is told by. */
export interface MakerClues {
  /** Of the first process in the namespace, if there is one. */
  readonly leader: Pick<ScannedLeader, 'args' | 'cgroup' | 'container'> | undefined;
  /** What a container runtime says of that process. */
  readonly state?: Maker | undefined;
  /** That process's name, and those of its parent, the parent's parent, ... */
  readonly name: string;
  readonly ancestors: readonly string[];
  /** Where the namespace is mounted. */
  readonly paths: readonly string[];
}

interface Rule {
  readonly tool: MakerTool;
  /** Its first group, if it has one and it matched, is the name. */
  readonly pattern: RegExp;
}

/** Paths of control groups, as each tool makes them with systemd's help or without. The first that matches counts. */
const groups: readonly Rule[] = [
  { tool: 'kubernetes', pattern: /\/kubepods[^\n]*[/-]([0-9a-f]{12})[0-9a-f]{52}(?:\.scope)?(?:\/|$)/m },
  { tool: 'kubernetes', pattern: /\/kubepods/ },
  { tool: 'docker', pattern: /\/docker[-/]([0-9a-f]{12})[0-9a-f]{52}/ },
  { tool: 'podman', pattern: /\/libpod-(?:conmon-|payload-)?([0-9a-f]{12})[0-9a-f]{52}/ },
  { tool: 'crio', pattern: /\/crio-(?:conmon-)?([0-9a-f]{12})[0-9a-f]{52}/ },
  { tool: 'containerd', pattern: /\/(?:cri-containerd-|nerdctl-)([0-9a-f]{12})[0-9a-f]{52}/ },
  { tool: 'lxc', pattern: /\/lxc\.payload\.([^/\n]+)/ },
  { tool: 'lxc', pattern: /\/lxc\/([^/\n]+)/ },
  { tool: 'nspawn', pattern: /\/systemd-nspawn@([^/\n]+)\.service/ },
  { tool: 'nspawn', pattern: /\/machine\.slice\/machine-([^/\n]+)\.scope/ },
  { tool: 'flatpak', pattern: /\/app-flatpak-([^/\n]+?)-\d+\.scope/ },
  { tool: 'snap', pattern: /\/snap\.([^/.\n]+)\.[^/\n]*(?:\.scope|\.service)/ },
  { tool: 'crun', pattern: /\/crun-([^/\n]+)\.scope/ },
  { tool: 'runc', pattern: /\/runc-([^/\n]+)\.scope/ },
];

/** Services whose namespaces systemd made: PrivateTmp= and its like. A session's programs are people's own. */
const unit: Rule = { tool: 'systemd', pattern: /\/system\.slice\/(?:[^\n]*\/)?([^/\n]+\.service)(?:\/|$)/m };

const mounts: readonly Rule[] = [
  { tool: 'docker', pattern: /\/docker\/netns\/([^/]+)$/ },
  { tool: 'snap', pattern: /\/snapd\/ns\/([^/]+)\.mnt$/ },
  { tool: 'kubernetes', pattern: /\/netns\/cni-([^/]+)$/ },
];

/** By the name of a process, which the kernel cuts after 15 bytes. */
const programs: ReadonlyMap<string, MakerTool> = new Map([
  ['anton', 'anton'],
  ['anton-guard', 'anton'],
  ['conmon', 'podman'],
  ['containerd-shim', 'containerd'],
  ['lxc-start', 'lxc'],
  ['systemd-nspawn', 'nspawn'],
  ['snap-confine', 'snap'],
  ['bwrap', 'bwrap'],
  ['firejail', 'firejail'],
  ['runc', 'runc'],
  ['runc:[2:INIT]', 'runc'],
  ['crun', 'crun'],
  ['unshare', 'unshare'],
]);

/** The variable `container` that managers set for what they start (systemd's container interface). */
const variables: ReadonlyMap<string, MakerTool> = new Map([
  ['docker', 'docker'],
  ['podman', 'podman'],
  ['lxc', 'lxc'],
  ['systemd-nspawn', 'nspawn'],
  ['flatpak', 'flatpak'],
  ['crio', 'crio'],
]);

/** The program that made a namespace; undefined where nothing tells it. */
export function recognizeMaker({ leader, state, name, ancestors, paths }: MakerClues): Maker | undefined {
  return (
    firstMatch(groups, leader?.cgroup ?? '') ??
    named(variables.get(leader?.container ?? '')) ??
    state ??
    nearestProgram([name, ...ancestors]) ??
    ofArguments(leader?.args ?? []) ??
    firstMatch([unit], leader?.cgroup ?? '') ??
    paths.map((path) => firstMatch(mounts, path)).find(Boolean)
  );
}

function firstMatch(rules: readonly Rule[], text: string): Maker | undefined {
  for (const { tool, pattern } of rules) {
    const match = pattern.exec(text);
    if (match) return { tool, name: match[1] };
  }
  return undefined;
}

/** Further up may be a sandbox that the maker itself runs in. */
const nearest = 3;

function nearestProgram(names: readonly string[]): Maker | undefined {
  return named(
    names
      .slice(0, nearest)
      .map((name) => programs.get(name))
      .find(Boolean),
  );
}

/** Chromium, and with it all of Electron, names the sort of each of its processes. */
function ofArguments(args: readonly string[]): Maker | undefined {
  return named(
    args.some((arg) => /(^| )--type=(zygote|renderer|gpu-process|utility)/.test(arg))
      ? 'chromium'
      : undefined,
  );
}

function named(tool: MakerTool | undefined): Maker | undefined {
  return tool && { tool, name: undefined };
}
