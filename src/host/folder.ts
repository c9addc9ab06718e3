import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { createHash } from 'node:crypto';
import { Failure } from '../kernel/failure';

/** How long the path of a Unix socket may be, in bytes (sun_path in unix(7), with its final zero). */
const longestPath = 107;
/** What the names of the sockets in the folder need of it. */
const longestName = 40;

/**
 * Where the sockets of an installation may be, the best first: the person's own folder for such things, which is gone
 * when they log out, as everything that runs is; else the folder for temporary files.
 * @param installation what tells one installation of the editor from another: the path of its storage.
 */
export function socketFolders(installation: string): readonly string[] {
  const hash = createHash('sha256').update(`${installation}:${system()}`).digest('hex').slice(0, 12);
  const uid = process.getuid?.() ?? 0;
  const folders = [
    path.join(process.env['XDG_RUNTIME_DIR'] ?? '', `anton-${hash}`),
    path.join(os.tmpdir(), `anton-${uid}-${hash}`),
    path.join('/tmp', `anton-${uid}-${hash}`),
    // The only one whose name nobody else can take.
    path.join(os.homedir(), `.anton-${hash}`),
  ];
  // What is relative would be another folder for the process, which starts in /.
  const possible = folders.filter(
    (folder) => path.isAbsolute(folder) && Buffer.byteLength(folder) + longestName < longestPath,
  );
  return [...new Set(possible)];
}

/**
 * What tells systems apart that share the person's folders, as a container does with its host: the processes of one see
 * neither the files nor the PIDs of the other. The mount namespace does not count, since each start of an editor may
 * have one of its own. Empty where there are no namespaces.
 */
function system(): string {
  try {
    const { dev, ino } = fs.statSync('/');
    return `${fs.readlinkSync('/proc/self/ns/pid')}:${dev}:${ino}`;
  } catch {
    return '';
  }
}

/**
 * Makes the first of the folders that can be made, or takes it if it is there. Whoever can write to it could pose as
 * the runtime, so it has to be the person's own and closed to everybody else.
 * @throws Failure (runtime_folder) with the reason that the first one has.
 */
export function makeFolder(folders: readonly string[]): string {
  let first: Failure | undefined;
  for (const folder of folders) {
    try {
      fs.mkdirSync(folder, { mode: 0o700 });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') {
        first ??= Failure.of('runtime_folder', error, folder);
        continue;
      }
    }
    const fault = faultOf(folder);
    if (!fault) return folder;
    first ??= fault;
  }
  throw first ?? new Failure({ step: 'runtime_folder', code: 'ENAMETOOLONG', subject: os.tmpdir() });
}

/** Removes a folder in which nothing is left but logs in which nothing stands. */
export function removeFolder(folder: string): void {
  try {
    const files = fs.readdirSync(folder).map((name) => path.join(folder, name));
    if (!files.every((file) => file.endsWith('.log'))) return;
    for (const file of files) if (fs.statSync(file).size === 0) fs.rmSync(file);
    fs.rmdirSync(folder);
  } catch {
    // Somebody needs it, or has removed it.
  }
}

/**
 * Why a folder is not to be used; undefined if it is. ELOOP: a link, ENOTDIR: no folder, EPERM: another's or open,
 * EACCES: closed to the person, too.
 */
export function faultOf(folder: string): Failure | undefined {
  const fault = (code: string): Failure => new Failure({ step: 'runtime_folder', code, subject: folder });
  let stat: fs.Stats;
  try {
    stat = fs.lstatSync(folder);
  } catch (error) {
    return Failure.of('runtime_folder', error, folder);
  }
  if (stat.isSymbolicLink()) return fault('ELOOP');
  if (!stat.isDirectory()) return fault('ENOTDIR');
  if (stat.uid !== process.getuid?.() || (stat.mode & 0o077) !== 0) return fault('EPERM');
  return (stat.mode & 0o700) === 0o700 ? undefined : fault('EACCES');
}
