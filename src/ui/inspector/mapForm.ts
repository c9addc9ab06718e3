import type { MapWrite } from '../../runtime/runtime';

/** One line of a map as a person types it: unchecked, because the kernel is asked. */
export interface TypedRow {
  readonly inside: string;
  readonly outside: string;
  readonly length: string;
}

/** What a person has entered in the form for writing maps. */
export interface TypedMaps {
  readonly uid: readonly TypedRow[];
  readonly gid: readonly TypedRow[];
  readonly write: { readonly setgroups: boolean; readonly gid: boolean; readonly uid: boolean };
}

/** The writes that a form stands for, in the order in which an ordinary user has to make them. */
export function writesOf({ uid, gid, write }: TypedMaps): readonly MapWrite[] {
  return [
    ...(write.setgroups ? [{ file: 'setgroups' as const, text: 'deny\n' }] : []),
    ...(write.gid ? [{ file: 'gid_map' as const, text: linesOf(gid) }] : []),
    ...(write.uid ? [{ file: 'uid_map' as const, text: linesOf(uid) }] : []),
  ];
}

/** The same as commands that a person could type in another terminal. */
export function asCommand(pid: number, { file, text }: MapWrite): string {
  const target = `/proc/${pid}/${file}`;
  const lines = text.trimEnd().split('\n');
  // A shell's echo would write each line by itself, and the kernel takes but one write.
  return lines.length === 1
    ? `echo ${quoted(lines[0] ?? '')} > ${target}`
    : `printf ${quoted(lines.map((line) => `${line}\\n`).join(''))} > ${target}`;
}

function linesOf(rows: readonly TypedRow[]): string {
  return rows
    .map(({ inside, outside, length }) => `${[inside, outside, length].join(' ').trim()}\n`)
    .join('');
}

function quoted(text: string): string {
  return /^[\w ]+$/.test(text) && !/ {2}|^ | $/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
