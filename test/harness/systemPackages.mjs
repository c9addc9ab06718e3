import { existsSync } from 'node:fs';
import { isRoot } from './paths.mjs';
import { capture, run, which } from './process.mjs';

/**
 * @typedef {object} Want
 * @property {string} what in words, for the message
 * @property {() => boolean} isThere
 * @property {string[]} apt Debian's and Ubuntu's packages
 * @property {string[]} [dnf] Fedora's, if they have other names
 * @property {string[]} [pacman] Arch's, if they have other names
 */

let listsAreFresh = false;

/**
 * Installs what is missing if this user may, and else says what to install.
 * @param {Want[]} wants
 */
export async function ensureSystem(wants) {
  const missing = wants.filter((want) => !want.isThere());
  if (missing.length === 0) return;
  const sudo = isRoot ? [] : ['sudo', '-n'];
  if (!which('apt-get') || !(isRoot || maySudo())) throw new Error(explain(missing));
  const packages = missing.flatMap((want) => want.apt);
  process.stdout.write(`Installing ${packages.join(' ')}\n`);
  if (!listsAreFresh) await apt(sudo, ['-qq', 'update']);
  listsAreFresh = true;
  await apt(sudo, ['-qq', '-y', '--no-install-recommends', 'install', ...packages]);
  const still = missing.filter((want) => !want.isThere());
  if (still.length > 0) throw new Error(explain(still));
}

/** @param {string} file */
export function hasFile(file) {
  return () => existsSync(file);
}

/** @param {string[]} names */
export function hasProgram(...names) {
  return () => which(...names) !== undefined;
}

/**
 * @param {string[]} sudo
 * @param {string[]} args
 */
function apt(sudo, args) {
  const [command, ...rest] = [...sudo, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', ...args];
  // apt-get reports progress on stdout even when told to be quiet; only its complaints are of interest.
  return run(command ?? 'apt-get', rest, { stdio: ['ignore', 'ignore', 'inherit'] });
}

function maySudo() {
  if (!which('sudo')) return false;
  try {
    capture('sudo', ['-n', 'true']);
    return true;
  } catch {
    return false;
  }
}

/** @param {Want[]} missing */
function explain(missing) {
  const names = (/** @type {(want: Want) => string[]} */ pick) => missing.flatMap(pick).join(' ');
  return [
    `Missing: ${missing.map((want) => want.what).join(', ')}. Install with one of`,
    `  apt-get install ${names((want) => want.apt)}`,
    `  dnf install ${names((want) => want.dnf ?? want.apt)}`,
    `  pacman -S ${names((want) => want.pacman ?? want.dnf ?? want.apt)}`,
  ].join('\n');
}
