import { Failure } from '../kernel/failure';
import { formatIdMap, type IdMap } from '../kernel/idMap';
import { writeMapFile } from './mapFile';
import type { MapWrite, StepRecord } from './runtime';

/** The maps that make a person root inside: id 0 there is their own id here. */
export function rootMaps(uid: number, gid: number): { uidMap: IdMap; gidMap: IdMap } {
  return {
    uidMap: [{ inside: 0, outside: uid, length: 1 }],
    gidMap: [{ inside: 0, outside: gid, length: 1 }],
  };
}

/**
 * Writes a process's id maps, each with the one write(2) that the kernel takes. An ordinary user has to give up
 * setgroups before gid_map, else a group that denies access could be dropped (user_namespaces(7)).
 * @throws Failure naming the file that was refused.
 */
export function writeIdMaps(
  pid: number,
  maps: { uidMap: IdMap; gidMap: IdMap },
  record: (step: StepRecord) => void,
  since: bigint,
): void {
  const writes: readonly MapWrite[] = [
    { file: 'setgroups', text: 'deny' },
    { file: 'gid_map', text: formatIdMap(maps.gidMap) },
    { file: 'uid_map', text: formatIdMap(maps.uidMap) },
  ];
  for (const write of writes) {
    const step = writeMapFile(pid, write, since);
    record(step);
    if (step.code !== '') throw new Failure({ step: step.step, code: step.code, subject: write.text.trim() });
  }
}
