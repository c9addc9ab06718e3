import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import type { ChosenFile } from './reader';

/**
 * Reads who owns a file; of a symbolic link, who owns what it leads to.
 * @throws what stat(2) says.
 */
export async function readOwner(file: string): Promise<ChosenFile> {
  const { uid, gid } = await fs.stat(file);
  return { name: path.basename(file), uid, gid };
}

/** The first file of a list of URIs (RFC 2483); undefined if there is none on this machine. */
export function firstUri(list: string): string | undefined {
  return list.split(/\r?\n/).find((line) => line !== '' && !line.startsWith('#'));
}
