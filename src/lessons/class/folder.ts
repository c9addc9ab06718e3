import type { Stats } from 'node:fs';
import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import { type ClassFile, readClassFile, stampOf } from './readFile';

/** So many files are read; who puts more there gets no more memory for it. */
export const mostFiles = 2000;

export type Reading =
  | {
      readonly files: readonly ClassFile[];
      /** There are more files than are read. */
      readonly isCut: boolean;
      /** Others than the owners can remove files, because the folder has no sticky bit (chmod(1)). */
      readonly isUnprotected: boolean;
    }
  /** The folder cannot be read; the name of the errno. */
  | { readonly failed: string };

/** The folder in which each student of a class has a file. What has not changed is not read again. */
export class ClassFolder {
  private known = new Map<string, { readonly stamp: string; readonly file: ClassFile }>();

  constructor(readonly path: string) {}

  /** Every await gives the event loop to others, so a thousand files block nobody. */
  async read(): Promise<Reading> {
    try {
      const { mode } = await fs.stat(this.path);
      const { names, isCut } = await this.names();
      const known: typeof this.known = new Map();
      for (const name of names) {
        const read = await this.readOne(name);
        if (read) known.set(name, read);
      }
      this.known = known;
      const files = [...known.values()].map(({ file }) => file);
      return { files, isCut, isUnprotected: (mode & 0o022) !== 0 && (mode & 0o1000) === 0 };
    } catch (error) {
      return { failed: (error as NodeJS.ErrnoException).code ?? String(error) };
    }
  }

  /** Files that are being written have a dot before their name; other people's files have other endings. */
  private async names(): Promise<{ names: string[]; isCut: boolean }> {
    const names: string[] = [];
    let looked = 0;
    for await (const { name } of await fs.opendir(this.path)) {
      if (++looked > 10 * mostFiles || names.length === mostFiles) return { names, isCut: true };
      if (name.endsWith('.json') && !name.startsWith('.')) names.push(name);
    }
    return { names: names.sort(), isCut: false };
  }

  private async readOne(name: string): Promise<{ stamp: string; file: ClassFile } | undefined> {
    let stats: Stats;
    try {
      stats = await fs.lstat(path.join(this.path, name));
    } catch {
      return undefined; // It is gone since the folder was listed.
    }
    const stamp = stampOf(stats);
    const known = this.known.get(name);
    return known?.stamp === stamp ? known : { stamp, file: await readClassFile(this.path, name, stats) };
  }
}
