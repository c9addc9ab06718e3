import * as fs from 'node:fs';
import * as os from 'node:os';
import { overflowId } from '../kernel/idMap';

/** Who "you" is: the user as whom the extension host runs. */
export interface HostPerson {
  readonly uid: number;
  readonly gid: number;
  /** Raw; undefined for a uid without an entry in passwd. */
  readonly userName: string | undefined;
  /** Ids that stand for every user and every group without a mapping (user_namespaces(7)). */
  readonly overflowUid: number;
  readonly overflowGid: number;
}

export function readHostPerson(): HostPerson {
  return {
    uid: process.getuid?.() ?? overflowId,
    gid: process.getgid?.() ?? overflowId,
    userName: readUserName(),
    overflowUid: readOverflowId('overflowuid'),
    overflowGid: readOverflowId('overflowgid'),
  };
}

function readUserName(): string | undefined {
  try {
    return os.userInfo().username;
  } catch {
    return undefined; // userInfo() throws ENOENT where passwd has no entry, as in many containers.
  }
}

function readOverflowId(file: 'overflowuid' | 'overflowgid'): number {
  try {
    const id = Number.parseInt(fs.readFileSync(`/proc/sys/kernel/${file}`, 'latin1'), 10);
    return Number.isNaN(id) ? overflowId : id;
  } catch {
    return overflowId; // A sandbox may hide /proc/sys; the default is then the best answer.
  }
}
