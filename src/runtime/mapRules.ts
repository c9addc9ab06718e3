import { idMapProblem, parseIdMap, type IdMap, type IdMapProblem } from '../kernel/idMap';
import type { MapFile } from './runtime';

/** A rule of user_namespaces(7), "User and group ID mappings" and "/proc/PID/setgroups", that a write broke. */
export type MapRule =
  /** A map is written once in a namespace's life. */
  | { readonly rule: 'written-already' }
  /** The host's user namespace has its map from the boot on. */
  | { readonly rule: 'first-namespace' }
  /** Lines of three numbers: inside, outside, length. */
  | { readonly rule: 'not-three-numbers'; readonly line: string }
  /** 'allow' or 'deny'. */
  | { readonly rule: 'not-allow-or-deny' }
  | { readonly rule: 'malformed'; readonly problem: IdMapProblem }
  /** Without CAP_SETUID (CAP_SETGID) outside: one line, one id. */
  | { readonly rule: 'one-id-only' }
  /** Without that capability: the writer's own effective id. */
  | { readonly rule: 'own-id-only'; readonly own: number; readonly wanted: number }
  /** Without CAP_SETGID: setgroups must say deny first. */
  | { readonly rule: 'setgroups-first' }
  /** setgroups cannot be changed any more. */
  | { readonly rule: 'setgroups-too-late' }
  /** deny is for good. */
  | { readonly rule: 'denied-for-good' }
  /** An id outside must itself be mapped in the namespace outside. */
  | { readonly rule: 'not-mapped-outside'; readonly id: number }
  /** The writer must be in the parent user namespace, or in this one. */
  | { readonly rule: 'not-the-parent' };

/** What the files say before a write, and who writes. */
export interface MapSituation {
  /** Whether the user namespace is the terminal's own, not the host's. */
  readonly own: boolean;
  readonly uidMap: IdMap;
  readonly gidMap: IdMap;
  readonly setgroups: 'allow' | 'deny' | undefined;
  readonly writer: {
    readonly uid: number;
    readonly gid: number;
    readonly mayMapUsers: boolean;
    readonly mayMapGroups: boolean;
    /** The maps of the writer's own user namespace. */
    readonly uidMap: IdMap;
    readonly gidMap: IdMap;
  };
}

/** Which rules a refused write broke, as far as the situation tells, in the order in which they are told. */
export function brokenRules(file: MapFile, text: string, situation: MapSituation): readonly MapRule[] {
  if (!situation.own) return [{ rule: 'first-namespace' }];
  return file === 'setgroups' ? rulesOfSetgroups(text, situation) : rulesOfMap(file, text, situation);
}

function rulesOfSetgroups(text: string, { gidMap, setgroups }: MapSituation): readonly MapRule[] {
  const word = text.trim();
  if (word !== 'allow' && word !== 'deny') return [{ rule: 'not-allow-or-deny' }];
  if (word === 'allow') return setgroups === 'deny' ? [{ rule: 'denied-for-good' }] : [];
  return gidMap.length > 0 ? [{ rule: 'setgroups-too-late' }] : [];
}

function rulesOfMap(file: 'uid_map' | 'gid_map', text: string, situation: MapSituation): readonly MapRule[] {
  const isUser = file === 'uid_map';
  if ((isUser ? situation.uidMap : situation.gidMap).length > 0) return [{ rule: 'written-already' }];
  const map = parsed(text);
  if ('rule' in map) return [map];
  const problem = idMapProblem(map);
  if (problem) return [{ rule: 'malformed', problem }];
  const { writer } = situation;
  const broken: MapRule[] = [];
  if (!(isUser ? writer.mayMapUsers : writer.mayMapGroups)) {
    const [first] = map;
    const own = isUser ? writer.uid : writer.gid;
    if (map.length > 1 || first?.length !== 1) broken.push({ rule: 'one-id-only' });
    else if (first.outside !== own) broken.push({ rule: 'own-id-only', own, wanted: first.outside });
    if (!isUser && situation.setgroups === 'allow') broken.push({ rule: 'setgroups-first' });
  }
  if (broken.length > 0) return broken;
  const stranger = firstUnmapped(map, isUser ? writer.uidMap : writer.gidMap);
  return [stranger === undefined ? { rule: 'not-the-parent' } : { rule: 'not-mapped-outside', id: stranger }];
}

function parsed(text: string): IdMap | MapRule {
  const lines = text.split('\n');
  for (const line of lines) {
    try {
      parseIdMap(line);
    } catch {
      return { rule: 'not-three-numbers', line };
    }
  }
  return parseIdMap(text);
}

/** The first id outside that the writer's own namespace does not have; a row must lie in one of its rows. */
function firstUnmapped(map: IdMap, outer: IdMap): number | undefined {
  for (const { outside, length } of map) {
    const home = outer.find((row) => outside >= row.inside && outside < row.inside + row.length);
    if (!home) return outside;
    const end = home.inside + home.length;
    if (outside + length > end) return end;
  }
  return undefined;
}
