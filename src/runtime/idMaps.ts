import { Failure } from '../kernel/failure';
import { formatIdMap, type IdMap } from '../kernel/idMap';
import { writeMapFile } from './mapFile';
import type { MapWrite, StepRecord } from './runtime';

export interface Maps {
  readonly uidMap: IdMap;
  readonly gidMap: IdMap;
}

/** The maps that make a person root inside: id 0 there is their own id here. */
export function rootMaps(uid: number, gid: number): Maps {
  return {
    uidMap: [{ inside: 0, outside: uid, length: 1 }],
    gidMap: [{ inside: 0, outside: gid, length: 1 }],
  };
}

/** What the kernel lets an ordinary user write (user_namespaces(7)): one's own id, and no other. */
export function isOwnOnly(map: IdMap, own: number): boolean {
  return map.length === 1 && map[0]?.length === 1 && map[0].outside === own;
}

/**
 * The writes that give a process its maps, in order. An ordinary user has to give up setgroups before gid_map, else a
 * group that denies access could be dropped (user_namespaces(7)). That is for good, and nobody could become another
 * user inside. So where there are other groups than the writer's own, which takes CAP_SETGID anyway, nothing is given up.
 * @param gid the writer's own.
 */
export function mapWrites({ uidMap, gidMap }: Maps, gid: number): readonly MapWrite[] {
  return [
    ...(isOwnOnly(gidMap, gid) ? [{ file: 'setgroups', text: 'deny' } as const] : []),
    { file: 'gid_map', text: formatIdMap(gidMap) },
    { file: 'uid_map', text: formatIdMap(uidMap) },
  ];
}

/**
 * Makes the writes, each with the one write(2) that the kernel takes.
 * @throws Failure naming the file that was refused.
 */
export function writeIdMaps(
  pid: number,
  writes: readonly MapWrite[],
  record: (step: StepRecord) => void,
  since: bigint,
): void {
  for (const write of writes) {
    const step = writeMapFile(pid, write, since);
    record(step);
    if (step.code !== '') throw new Failure({ step: step.step, code: step.code, subject: write.text.trim() });
  }
}
