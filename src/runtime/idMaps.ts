import * as fs from 'node:fs';
import { Failure } from '../kernel/failure';
import { formatIdMap, type IdMap } from '../kernel/idMap';
import type { StepRecord } from './runtime';

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
 * The writes take some microseconds and never wait, so they are synchronous: the pool of threads may be busy.
 * @throws Failure naming the file that was refused.
 */
export function writeIdMaps(
  pid: number,
  maps: { uidMap: IdMap; gidMap: IdMap },
  record: (step: StepRecord) => void,
  since: bigint,
): void {
  const files = [
    ['setgroups', 'deny'],
    ['gid_map', formatIdMap(maps.gidMap)],
    ['uid_map', formatIdMap(maps.uidMap)],
  ] as const;
  for (const [file, text] of files) {
    const begin = process.hrtime.bigint();
    const path = `/proc/${pid}/${file}`;
    let code = '';
    try {
      fs.writeFileSync(path, text);
    } catch (error) {
      const failure = Failure.of(`write_${file}`, error, text.trim());
      code = failure.code;
      throw failure;
    } finally {
      const end = process.hrtime.bigint();
      const call = `write ${path} ${JSON.stringify(text.trimEnd())} = ${code === '' ? text.length : `-1 ${code}`}`;
      record({
        step: `write_${file}`,
        call,
        code,
        begin: micros(begin - since),
        duration: micros(end - begin),
      });
    }
  }
}

/** Nanoseconds to microseconds, with their fraction. */
export function micros(nanoseconds: bigint): number {
  return Number(nanoseconds) / 1000;
}
