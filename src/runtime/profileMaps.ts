import { execFile } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import { promisify } from 'node:util';
import { Failure } from '../kernel/failure';
import type { IdMap, IdMapRow } from '../kernel/idMap';
import { isOwnOnly, type Maps, mapWrites, rootMaps, writeIdMaps } from './idMaps';
import { micros } from './mapFile';
import type { MapChoice } from './profile';
import { findProgram } from './program';
import type { StepRecord } from './runtime';
import { parseSubordinateIds } from './subordinateIds';

/** Who asks for a terminal, as far as maps depend on it. */
export interface Person {
  readonly uid: number;
  readonly gid: number;
  readonly name: string;
}

export function currentPerson(): Person {
  const uid = process.geteuid?.() ?? 0;
  return { uid, gid: process.getegid?.() ?? 0, name: loginName() };
}

/**
 * The maps that a profile asks for; undefined for none.
 * @throws Failure if the person has no subordinate ids.
 */
export function mapsFor(choice: MapChoice, person: Person): Maps | undefined {
  switch (choice) {
    case 'none':
      return undefined;
    case 'root':
      return rootMaps(person.uid, person.gid);
    case 'same':
      return { uidMap: [one(person.uid, person.uid)], gidMap: [one(person.gid, person.gid)] };
    case 'ranges':
      return {
        uidMap: withRanges(person.uid, '/etc/subuid', person.name, person.uid),
        gidMap: withRanges(person.gid, '/etc/subgid', person.name, person.uid),
      };
    default:
      return { uidMap: choice.uid, gidMap: choice.gid };
  }
}

/** The ids inside that the first process has to change to, because the person's own are not mapped. */
export function idsToTake(maps: Maps | undefined, person: Person): { uid: number; gid: number } | undefined {
  if (!maps) return undefined;
  const uid = insideOf(maps.uidMap, person.uid);
  const gid = insideOf(maps.gidMap, person.gid);
  if (uid !== undefined && gid !== undefined) return undefined;
  const newUid = uid ?? maps.uidMap[0]?.inside;
  const newGid = gid ?? maps.gidMap[0]?.inside;
  return newUid === undefined || newGid === undefined ? undefined : { uid: newUid, gid: newGid };
}

/**
 * Gives a process its maps: writes them itself where the kernel allows that, else asks newuidmap(1) and newgidmap(1),
 * which check /etc/subuid and /etc/subgid.
 * @throws Failure naming what was refused.
 */
export async function giveMaps(
  pid: number,
  maps: Maps,
  person: Person,
  record: (step: StepRecord) => void,
  since: bigint,
): Promise<void> {
  if (person.uid === 0 || (isOwnOnly(maps.uidMap, person.uid) && isOwnOnly(maps.gidMap, person.gid))) {
    writeIdMaps(pid, mapWrites(maps, person.gid), record, since);
    return;
  }
  await runHelper('newgidmap', pid, maps.gidMap, record, since);
  await runHelper('newuidmap', pid, maps.uidMap, record, since);
}

async function runHelper(
  name: 'newuidmap' | 'newgidmap',
  pid: number,
  map: IdMap,
  record: (step: StepRecord) => void,
  since: bigint,
): Promise<void> {
  const file = await findProgram(name, process.env['PATH'], '/', `find_${name}`);
  const args = [pid, ...map.flatMap(({ inside, outside, length }) => [inside, outside, length])].map(String);
  const begin = process.hrtime.bigint();
  let code = '';
  try {
    await promisify(execFile)(file, args);
  } catch (error) {
    code = 'EPERM';
    const told = (error as { stderr?: string }).stderr?.trim() ?? String(error);
    throw new Failure({ step: name, code, subject: told });
  } finally {
    const end = process.hrtime.bigint();
    const call = `${name} ${args.join(' ')}${code === '' ? '' : ` = ${code}`}`;
    record({ step: name, call, code, begin: micros(begin - since), duration: micros(end - begin) });
  }
}

function withRanges(own: number, file: string, name: string, uid: number): IdMap {
  const ranges = parseSubordinateIds(readText(file), name, uid);
  if (ranges.length === 0) throw new Failure({ step: 'subordinate_ids', code: '', subject: file });
  let inside = 1;
  const rows = ranges.map(({ first, count }) => {
    const row: IdMapRow = { inside, outside: first, length: count };
    inside += count;
    return row;
  });
  return [one(0, own), ...rows];
}

function one(inside: number, outside: number): IdMapRow {
  return { inside, outside, length: 1 };
}

function insideOf(map: IdMap, id: number): number | undefined {
  const row = map.find(({ outside, length }) => id >= outside && id < outside + length);
  return row && row.inside + id - row.outside;
}

function readText(file: string): string {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

/** A person may be without an entry in /etc/passwd, as in some containers. */
function loginName(): string {
  try {
    return os.userInfo().username;
  } catch {
    return '';
  }
}
