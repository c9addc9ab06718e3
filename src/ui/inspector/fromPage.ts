import type { MapWrite } from '../../runtime/runtime';
import { sectionNames, type FromPage } from './protocol';

/** Whether a message is one of the page's: a page is a program of its own, so nothing is taken for granted. */
export function isFromPage(message: unknown): message is FromPage {
  const { type, text, key, writes, uris, section, data } = (message ?? {}) as Readonly<
    Record<string, unknown>
  >;
  switch (type) {
    case 'ready':
    case 'newTerminal':
    case 'endComparison':
    case 'chooseFile':
    case 'forgetFile':
      return true;
    case 'copy':
      return typeof text === 'string';
    case 'dropFile':
      return typeof uris === 'string';
    case 'drawn':
      return sectionNames.some((name) => name === section) && typeof data === 'string';
    case 'writeIdMaps':
      return typeof key === 'number' && Array.isArray(writes) && writes.every(isMapWrite);
    default:
      return false;
  }
}

function isMapWrite(write: unknown): write is MapWrite {
  const { file, text } = (write ?? {}) as Readonly<Record<string, unknown>>;
  return (file === 'setgroups' || file === 'gid_map' || file === 'uid_map') && typeof text === 'string';
}
