import * as fs from 'node:fs';
import * as path from 'node:path';
import { Failure } from '../kernel/failure';
import { onHost, resolveInRoot } from './insideRoot';

/** Where execvp(3) looks if there is no PATH. */
const defaultPath = '/usr/local/bin:/usr/bin:/bin';

/**
 * The absolute path of a program, found as execvp(3) finds it: a name with a slash is a path from `cwd`, any other is
 * looked for in the folders of PATH.
 * @param root the folder that is the root directory for whoever executes it; the path returned is one inside.
 * @param step named in the failure: 'find_shell' or 'find_program'.
 * @throws Failure with ENOENT, or with EACCES if the only file of that name is not executable.
 */
export async function findProgram(
  name: string,
  searchPath: string | undefined,
  cwd: string,
  step: string,
  root = '/',
): Promise<string> {
  const folders = name.includes('/') ? [''] : (searchPath ?? defaultPath).split(':');
  let refused: string | undefined;
  for (const folder of folders) {
    const inside = path.resolve(cwd, folder, name);
    const file = root === '/' ? inside : onHost(root, resolveInRoot(root, inside));
    try {
      await fs.promises.access(file, fs.constants.X_OK);
      if ((await fs.promises.stat(file)).isFile()) return inside;
      refused ??= 'EACCES';
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EACCES') refused ??= 'EACCES';
    }
  }
  throw new Failure({ step, code: name === '' ? 'ENOENT' : (refused ?? 'ENOENT'), subject: name });
}
