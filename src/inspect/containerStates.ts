import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import { readStat } from '../kernel/processStat';
import type { Maker, MakerTool } from './snapshot';

/** Where a runtime of the Open Container Initiative keeps what it started: a folder for each container, by its id. */
interface StateFolder {
  readonly tool: MakerTool;
  readonly file: string;
  /** The fields of the first process's PID, and of its start time in clock ticks since the boot. */
  readonly pid: string;
  readonly startTime: string;
}

const folders: Readonly<Record<string, StateFolder>> = {
  runc: { tool: 'runc', file: 'state.json', pid: 'init_process_pid', startTime: 'init_process_start' },
  crun: { tool: 'crun', file: 'status', pid: 'pid', startTime: 'process-start-time' },
};

/** More than a container's state ever has, in bytes. */
const largest = 1 << 20;

/**
 * The containers of runc and crun that run, by the PID of their first process: a detached one has nothing else that
 * tells who made it. Of other people's containers nothing is known where their folders may not be read.
 */
export async function readContainerStates(): Promise<ReadonlyMap<number, Maker>> {
  const places = ['/run', process.env['XDG_RUNTIME_DIR']].filter((place) => place !== undefined);
  const makers = new Map<number, Maker>();
  for (const place of new Set(places)) {
    for (const [name, folder] of Object.entries(folders)) {
      const root = path.join(place, name);
      for (const id of await entries(root)) {
        const pid = await firstProcess(path.join(root, id, folder.file), folder);
        if (pid !== undefined) makers.set(pid, { tool: folder.tool, name: id });
      }
    }
  }
  return makers;
}

async function entries(folder: string): Promise<readonly string[]> {
  try {
    return await fs.readdir(folder);
  } catch {
    return []; // No such runtime, or not ours to read.
  }
}

/** The first process of a container; undefined if it has ended, though its state is still there. */
async function firstProcess(file: string, fields: StateFolder): Promise<number | undefined> {
  try {
    const { size } = await fs.stat(file);
    if (size > largest) return undefined;
    const state = JSON.parse(await fs.readFile(file, 'utf8')) as Readonly<Record<string, unknown>>;
    const pid = state[fields.pid];
    if (typeof pid !== 'number') return undefined;
    return readStat(pid)?.startTime === state[fields.startTime] ? pid : undefined;
  } catch {
    return undefined; // It ended meanwhile, or is not what we take it for.
  }
}
