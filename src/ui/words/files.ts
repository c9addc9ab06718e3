import type { HostPerson } from '../../inspect/hostPerson';
import type { TerminalSnapshot } from '../../inspect/terminalSnapshot';
import { harmless } from '../../kernel/harmless';
import { idInside, type IdMap } from '../../kernel/idMap';
import type { ChosenFile } from '../inspector/reader';
import type { Translate } from '../translate';

/** `notes.txt belongs to you (1000) and your group (1000) outside, to root (0) and root (0) inside.` */
export function describeFile(
  file: ChosenFile,
  { uidMap, gidMap }: Pick<TerminalSnapshot, 'uidMap' | 'gidMap'>,
  person: HostPerson,
  t: Translate,
): string {
  const outside = (id: number, mine: number, you: string): string =>
    id === mine ? `${you} (${id})` : named(id);
  const inside = (id: number, map: IdMap | undefined, overflow: string): string => {
    if (!map) return t('somebody unknown');
    const shown = idInside(id, map);
    return shown === undefined ? overflow : named(shown);
  };
  return t(
    '{0} belongs to {1}, group {2}, outside; inside to {3}, group {4}.',
    harmless(file.name),
    outside(file.uid, person.uid, t('you')),
    outside(file.gid, person.gid, t('yours')),
    inside(file.uid, uidMap, `nobody (${person.overflowUid})`),
    inside(file.gid, gidMap, `nogroup (${person.overflowGid})`),
  );
}

function named(id: number): string {
  return id === 0 ? 'root (0)' : String(id);
}
