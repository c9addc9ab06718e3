import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import { readClassFile } from './readFile';
import type { ClassRecord, Student } from './record';
import { fileNameOf } from './student';

/** What this student's file says already; undefined if there is none, or none that can be gone on with. */
export async function readRecord(folder: string, student: Student): Promise<ClassRecord | undefined> {
  const name = fileNameOf(student);
  try {
    const file = await readClassFile(
      folder,
      name,
      await fs.lstat(path.join(folder, name)),
      process.getuid?.(),
    );
    return 'record' in file ? file.record : undefined;
  } catch {
    return undefined;
  }
}

/** Takes a student's file away; others' stay, by the folder's sticky bit. */
export async function removeRecord(folder: string, student: Student): Promise<void> {
  try {
    await fs.unlink(path.join(folder, fileNameOf(student)));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}
