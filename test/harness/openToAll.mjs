import { capture } from './process.mjs';

/**
 * Lets everyone read a folder and what is in it: a strict umask or an archive's own modes would close it to the
 * ordinary user that tests run as.
 * @param {string} folder
 */
export function openToAll(folder) {
  capture('chmod', ['-R', 'a+rX', folder]);
}
