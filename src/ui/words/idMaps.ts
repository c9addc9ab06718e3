import type { HostPerson } from '../../inspect/hostPerson';
import { idInside, isIdentity, type IdMap, type IdMapRow } from '../../kernel/idMap';
import type { Translate } from '../translate';

/** 'uid_map' or 'gid_map', as the file in /proc/PID is called. */
export type MapName = 'uid_map' | 'gid_map';

/** One line of a map in words: as a sentence, and cut in two for the cells of a table. */
export interface MapRowWords {
  readonly inside: string;
  readonly outside: string;
  readonly sentence: string;
  /** The line as the kernel has it; '' for what follows from the absence of a line. */
  readonly line: string;
}

export interface MapWords {
  /** Says what no row says; '' if the rows say it all. */
  readonly note: string;
  readonly rows: readonly MapRowWords[];
}

/**
 * A map in words.
 * @param map undefined if it cannot be read.
 * @param own whether the user namespace is the terminal's own; otherwise "outside" is outside of the host's.
 */
export function describeMap(
  map: IdMap | undefined,
  which: MapName,
  own: boolean,
  person: HostPerson,
  t: Translate,
): MapWords {
  const isUser = which === 'uid_map';
  const name = names(which, person, t);
  if (map === undefined) return { note: t('The {0} of this terminal cannot be read.', which), rows: [] };
  if (!own && (map.length === 0 || isIdentity(map))) {
    const note = isUser
      ? t("The host's own users (every id is itself)")
      : t("The host's own groups (every id is itself)");
    return { note, rows: [] };
  }
  if (map.length === 0) {
    const note = isUser
      ? t('No map yet: every user inside is {0}', name.overflow)
      : t('No map yet: every group inside is {0}', name.overflow);
    return { note, rows: [] };
  }
  const rows = map.map((row) => describeRow(row, name.inside, own ? name.outside : name.inside, t));
  if (!own) return { note: isUser ? t("The host's own users") : t("The host's own groups"), rows };
  return { note: '', rows: isIdentity(map) ? rows : [...rows, describeRest(isUser, name.overflow, t)] };
}

/** Whose a file is that a person makes in the terminal, and whose everyone else's files seem to be. */
export function describeOwner(
  map: IdMap | undefined,
  own: boolean,
  person: HostPerson,
  t: Translate,
): string {
  if (!own) return t('A file you make in here belongs to you, inside and outside.');
  if (!map) return '';
  const mapped = idInside(person.uid, map);
  const uid = mapped ?? person.overflowUid;
  const inside = uid === 0 ? 'root' : uid === person.overflowUid ? 'nobody' : String(uid);
  const first = t('A file you make in here belongs to {0} inside and to you outside.', inside);
  if (isIdentity(map)) return first;
  const others =
    mapped !== undefined
      ? t("Everyone else's files look like nobody's.")
      : t("Everyone else's files look like nobody's, too.");
  return `${first} ${others}`;
}

type NameId = (id: number) => string;

function names(
  which: MapName,
  person: HostPerson,
  t: Translate,
): { inside: NameId; outside: NameId; overflow: string } {
  const isUser = which === 'uid_map';
  const mine = isUser ? person.uid : person.gid;
  const overflowId = isUser ? person.overflowUid : person.overflowGid;
  const overflow = `${isUser ? 'nobody' : 'nogroup'} (${overflowId})`;
  const inside: NameId = (id) => (id === 0 ? 'root (0)' : id === overflowId ? overflow : String(id));
  const outside: NameId = (id) => {
    if (id !== mine) return inside(id);
    if (id === 0) return isUser ? t('you (root, 0)') : t('your group (root, 0)');
    return isUser ? t('you ({0})', String(id)) : t('your group ({0})', String(id));
  };
  return { inside, outside, overflow };
}

function describeRow(row: IdMapRow, nameInside: NameId, nameOutside: NameId, t: Translate): MapRowWords {
  const line = `${row.inside} ${row.outside} ${row.length}`;
  if (row.length === 1) {
    const inside = nameInside(row.inside);
    const outside = nameOutside(row.outside);
    return {
      inside: t('{0} inside', inside),
      outside: t('is {0} outside', outside),
      sentence: t('{0} inside is {1} outside', inside, outside),
      line,
    };
  }
  const range = (first: number): string => t('{0} to {1}', String(first), String(first + row.length - 1));
  const inside = range(row.inside);
  const outside = range(row.outside);
  return {
    inside: t('{0} inside', inside),
    outside: t('are {0} outside', outside),
    sentence: t('{0} inside are {1} outside', inside, outside),
    line,
  };
}

function describeRest(isUser: boolean, overflow: string, t: Translate): MapRowWords {
  return {
    inside: t('{0} inside', overflow),
    outside: isUser ? t('is everyone else outside') : t('is every other group outside'),
    sentence: isUser
      ? t('{0} inside is everyone else outside', overflow)
      : t('{0} inside is every other group outside', overflow),
    line: '',
  };
}
