import { constants, type Stats } from 'node:fs';
import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import { mostBytes, type ClassRecord, type FileFault } from './record';
import { parseRecord } from './schema';
import { fileNameOf } from './student';

/** A file of the class folder, and what it says. */
export type ClassFile = GoodFile | (Whose & { readonly fault: FileFault });

export type GoodFile = Whose & { readonly record: ClassRecord };

interface Whose {
  /** Raw, as the folder has it. */
  readonly name: string;
  /** Its owner's uid, which the kernel keeps and a student cannot choose. */
  readonly owner: number;
  /** Milliseconds since 1970 when the kernel last saw it change, which a student cannot choose either. */
  readonly written: number;
}

/** The file is new if this differs. */
export function stampOf({ ino, size, ctimeMs, uid }: Stats): string {
  return [ino, size, ctimeMs, uid].join(':');
}

/**
 * Reads one file, whatever it is: it is not opened unless it is a regular file, and never waited for. `me` is the
 * caller's own uid where it looks for the own file: in a container the file says the uid outside.
 */
export async function readClassFile(
  folder: string,
  name: string,
  stats: Stats,
  me?: number,
): Promise<ClassFile> {
  const kind = kindOf(stats);
  if (kind) return { ...whose(name, stats), fault: { fault: 'notRegular', kind } };
  try {
    return await readRegular(path.join(folder, name), name, me);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? String(error);
    return { ...whose(name, stats), fault: { fault: 'unreadable', code } };
  }
}

async function readRegular(file: string, name: string, me: number | undefined): Promise<ClassFile> {
  // Between lstat and here a link or a fifo may have come in its place: neither is followed or waited for.
  const handle = await fs.open(file, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  try {
    const stats = await handle.stat();
    const base = whose(name, stats);
    const kind = kindOf(stats);
    if (kind) return { ...base, fault: { fault: 'notRegular', kind } };
    if (stats.size > mostBytes) return { ...base, fault: { fault: 'tooBig', bytes: stats.size } };
    const bytes = Buffer.alloc(stats.size + 1);
    let length = 0;
    for (let got = -1; got !== 0 && length < bytes.length; length += got)
      got = (await handle.read(bytes, length, bytes.length - length)).bytesRead;
    const parsed = parseRecord(bytes.subarray(0, length));
    return { ...base, ...(stats.uid === me ? parsed : ofOwner(parsed, name, stats.uid)) };
  } finally {
    await handle.close();
  }
}

/** What a file says counts only for whom it belongs to, and under that student's file name. */
function ofOwner(
  parsed: ReturnType<typeof parseRecord>,
  name: string,
  owner: number,
): ReturnType<typeof parseRecord> {
  if ('fault' in parsed) return parsed;
  const { student } = parsed.record;
  if (student.uid !== owner) return { fault: { fault: 'owner', says: student.uid, owner } };
  const expected = fileNameOf(student);
  return name === expected ? parsed : { fault: { fault: 'name', expected } };
}

function whose(name: string, stats: Stats): Whose {
  return { name, owner: stats.uid, written: stats.ctimeMs };
}

function kindOf(stats: Stats): (FileFault & { fault: 'notRegular' })['kind'] | undefined {
  if (stats.isFile()) return undefined;
  if (stats.isSymbolicLink()) return 'link';
  if (stats.isDirectory()) return 'folder';
  if (stats.isFIFO()) return 'fifo';
  return stats.isSocket() ? 'socket' : 'device';
}
