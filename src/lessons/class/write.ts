import { randomBytes } from 'node:crypto';
import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import { textOf } from './merge';
import type { ClassRecord } from './record';
import { fileNameOf } from './student';

/**
 * Replaces a student's file as a whole: a reader sees the old one or the new one, and so does who looks after a crash.
 * rename(2) follows no link at its end, and a file that belongs to someone else is not replaced where the folder's
 * sticky bit is set.
 * @throws what node:fs throws; nothing is left behind then.
 */
export async function writeRecord(folder: string, record: ClassRecord): Promise<void> {
  const name = fileNameOf(record.student);
  const temporary = path.join(folder, `.${name}.${randomBytes(8).toString('hex')}.tmp`);
  // O_EXCL: what someone has put in this place, and be it a link, is refused.
  const file = await fs.open(temporary, 'wx', 0o644);
  try {
    try {
      await file.writeFile(textOf(record));
      // The umask may have taken the teacher's right to read. Some file systems know no modes.
      if (((await file.stat()).mode & 0o044) !== 0o044) await file.chmod(0o644);
      await file.datasync();
    } finally {
      await file.close();
    }
    await fs.rename(temporary, path.join(folder, name));
  } catch (error) {
    await fs.rm(temporary, { force: true });
    throw error;
  }
}
