import type { TerminalSnapshot } from '../../../inspect/terminalSnapshot';
import { idInside, isIdentity, type IdMap } from '../../../kernel/idMap';
import type { TerminalInfo } from '../../../runtime/runtime';
import { describeFile } from '../../words/files';
import { describeMap, describeOwner, type MapName, type MapWords } from '../../words/idMaps';
import type { MapTable, Sections, UsersPicture } from '../protocol';
import type { Reader } from '../reader';
import { mapForm } from '../writtenMaps';

/**
 * Who is who inside and outside.
 * @param info of a terminal, whose maps may be written here.
 */
export function usersSection(
  snapshot: TerminalSnapshot,
  reader: Reader,
  info?: TerminalInfo,
): Sections['users'] {
  const { t, person, asked, file } = reader;
  const own = snapshot.namespaces.some((fact) => fact.kind === 'user' && fact.own);
  return {
    heading: t('Users'),
    columns: { inside: t('Inside'), outside: t('Outside'), line: t('Line in the file') },
    tables: [table('uid_map', snapshot.uidMap, own, reader), table('gid_map', snapshot.gidMap, own, reader)],
    owner: describeOwner(snapshot.uidMap, own, person, t),
    file: {
      text: file ? describeFile(file, snapshot, person, t) : '',
      choose: t('Show whose a file is...'),
      forget: t('Forget the file'),
    },
    form: own && info ? mapForm(info, person, asked?.terminal === info.id ? asked.at : 0, t) : undefined,
  };
}

function table(name: MapName, map: IdMap | undefined, own: boolean, reader: Reader): MapTable {
  const words = describeMap(map, name, own, reader.person, reader.t);
  const isDrawn = map && (own || isIdentity(map));
  return { name, ...words, picture: isDrawn ? picture(name, map, words, reader) : undefined };
}

/** The picture of a map: none, one id and ranges look different. */
function picture(name: MapName, map: IdMap, words: MapWords, { t, person, file }: Reader): UsersPicture {
  const isUser = name === 'uid_map';
  const overflow = isUser ? person.overflowUid : person.overflowGid;
  const mine = isUser ? person.uid : person.gid;
  const id = file && (isUser ? file.uid : file.gid);
  return {
    description: [words.note, ...words.rows.map(({ sentence }) => sentence)].filter(Boolean).join('. '),
    insideLabel: t('inside'),
    outsideLabel: t('outside'),
    map,
    names: map.map(({ inside, outside, length }) => ({
      inside: length > 1 ? range(inside, length) : named(inside),
      outside:
        length > 1 ? range(outside, length) : outside === mine ? t('{0} you', String(mine)) : named(outside),
    })),
    overflow,
    overflowName: isUser ? `nobody ${overflow}` : `nogroup ${overflow}`,
    others: map.length === 0 ? t('everyone') : t('everyone else'),
    mark: id === undefined ? undefined : { outside: id, inside: idInside(id, map) },
  };
}

function range(first: number, length: number): string {
  return `${first}–${first + length - 1}`;
}

function named(id: number): string {
  return id === 0 ? '0 root' : String(id);
}
