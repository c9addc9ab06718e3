import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { faultOf } from './folder';
import { protocolVersion } from './protocol';

/** A socket at which a runtime's process listens, or did. */
export interface SocketFile {
  readonly path: string;
  /** Which bundle the process runs. */
  readonly build: string;
  readonly pid: number;
}

/** What tells the bundle from that of another version, and from one that was built anew. */
export function buildOf(bundle: string): string {
  const { size, mtimeMs } = fs.statSync(bundle);
  return createHash('sha256').update(`${bundle}:${size}:${mtimeMs}`).digest('hex').slice(0, 8);
}

export function socketName(build: string): string {
  return `${protocolVersion}-${build}-${process.pid}.sock`;
}

/** The sockets of processes with which one can speak. Folders that are not to be trusted have none. */
export function findSockets(folders: readonly string[]): readonly SocketFile[] {
  return folders
    .filter((folder) => faultOf(folder) === undefined)
    .flatMap((folder) =>
      namesIn(folder).flatMap((name) => {
        const [, version, build, pid] = /^(\d+)-([0-9a-f]{8})-(\d+)\.sock$/.exec(name) ?? [];
        if (build === undefined || Number(version) !== protocolVersion) return [];
        return [{ path: path.join(folder, name), build, pid: Number(pid) }];
      }),
    );
}

/** Nothing if it went meanwhile. */
function namesIn(folder: string): readonly string[] {
  try {
    return fs.readdirSync(folder);
  } catch {
    return [];
  }
}

/** Removes the socket of a process that was killed. */
export function removeIfStale({ path: file, pid }: SocketFile): void {
  if (!fs.existsSync(`/proc/${pid}`)) fs.rmSync(file, { force: true });
}
