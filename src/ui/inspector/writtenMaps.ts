import type { HostPerson } from '../../inspect/hostPerson';
import { harmless } from '../../kernel/harmless';
import type { MapFile, MapsWritten, TerminalInfo } from '../../runtime/runtime';
import type { Translate } from '../translate';
import { describeRule } from '../words/mapRules';
import type { MapForm, MapResult } from './protocol';

/** The words of the form in which maps are written. */
export function mapForm(info: TerminalInfo, person: HostPerson, asked: number, t: Translate): MapForm {
  return {
    terminal: info.id,
    pid: info.pid,
    asked,
    open: t('Write uid_map and gid_map...'),
    heading: t('Write the maps'),
    intro: t('Who the users and groups inside are outside. The kernel takes each file once.'),
    columns: { inside: t('Inside'), outside: t('Outside'), length: t('Length') },
    groups: [
      { id: 'uid', file: 'uid_map', include: t('Write uid_map'), own: String(person.uid) },
      { id: 'gid', file: 'gid_map', include: t('Write gid_map'), own: String(person.gid) },
    ],
    field: {
      inside: t('{0}, line {1}: first id inside'),
      outside: t('{0}, line {1}: first id outside'),
      length: t('{0}, line {1}: how many ids'),
    },
    addLine: t('Add a line to {0}'),
    removeLine: t('Remove line {1} of {0}'),
    setgroups: t('First write deny to setgroups'),
    preview: t('What will be written'),
    nothing: t('Nothing yet: choose a file.'),
    write: t('Write'),
    close: t('Close'),
  };
}

const mapFiles: readonly MapFile[] = ['setgroups', 'gid_map', 'uid_map'];

/** What came of a write, in words. */
export function describeWritten(
  { steps, refused }: MapsWritten,
  person: HostPerson,
  t: Translate,
): MapResult {
  const done = mapFiles.filter((file) =>
    steps.some(({ step, code }) => step === `write_${file}` && code === ''),
  );
  if (!refused) {
    const who = steps.some(({ call }) => call.includes(`uid_map "0 ${person.uid} `))
      ? t('Type id in the terminal: nobody has become root.')
      : t('Type id in the terminal to see who you are now.');
    return { done, refused: false, lines: [t('Written: {0}.', done.join(', ')), who] };
  }
  const { write, code, rules } = refused;
  const why = rules.map((rule) => describeRule(rule, write.file, t));
  return {
    done,
    refused: true,
    lines: [
      t('The kernel refused {0}: {1}.', write.file, harmless(code)),
      ...(why.length > 0 ? why : [whyElse(code, t)]),
      ...(done.length > 0 ? [t('Written before it, and kept: {0}.', done.join(', '))] : []),
      t('These are the rules of user_namespaces(7).'),
    ],
  };
}

function whyElse(code: string, t: Translate): string {
  return code === 'EACCES'
    ? t('You may not write to the files of this process: it runs as somebody else.')
    : t('None of the rules that Anton knows explains it.');
}
