import type { HostPerson } from '../../inspect/hostPerson';
import { isIdentity, type IdMap } from '../../kernel/idMap';
import type { Translate } from '../translate';
import type { MapWords } from '../words/idMaps';
import type { UsersPicture } from './protocol';

/** More bands than this are a list, not a picture. */
const mostBands = 2;

/** The picture of a uid_map of a user namespace's own; undefined where the table says it better. */
export function drawUsers(
  map: IdMap,
  words: MapWords,
  person: HostPerson,
  t: Translate,
): UsersPicture | undefined {
  if (map.length > mostBands || isIdentity(map)) return undefined;
  const nobody = `nobody (${person.overflowUid})`;
  return {
    description: [words.note, ...words.rows.map(({ sentence }) => sentence)].filter(Boolean).join('. '),
    insideLabel: t('inside'),
    outsideLabel: t('outside'),
    bands: map.map(({ inside, outside, length }) => ({
      inside: length > 1 ? range(inside, length) : inside === 0 ? '0 root' : String(inside),
      outside: length > 1 ? range(outside, length) : named(outside, person, t),
    })),
    overflow: nobody,
    others: map.length === 0 ? t('everyone') : t('everyone else'),
  };
}

function range(first: number, length: number): string {
  return `${first}–${first + length - 1}`;
}

function named(uid: number, person: HostPerson, t: Translate): string {
  if (uid === person.uid) return t('{0} you', String(uid));
  return uid === 0 ? '0 root' : String(uid);
}
