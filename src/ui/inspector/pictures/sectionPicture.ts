import type { SectionName, SubjectModel } from '../protocol';
import { notesOf, tablesOf } from '../sections/tables';
import { cut, stack, textWidth, type Drawing } from './drawing';
import { drawNamespaces } from './namespacesPicture';
import { drawOwnership } from './ownershipPicture';
import { drawProcesses } from './processesPicture';
import { drawTable } from './tablePicture';
import { drawUsers } from './usersPicture';

const gap = 14;
const titleSize = 15;

/** A whole section with its title, to be put on a slide; undefined if the panel does not show it. */
export function drawSection(
  name: SectionName,
  { title, profile, sections }: Pick<SubjectModel, 'title' | 'profile' | 'sections'>,
  width: number,
): Drawing | undefined {
  const section = sections?.[name];
  if (!section) return undefined;
  const parts = picturesOf(name, sections, width);
  return stack(
    [
      line(`${title} · ${section.heading}`, width, titleSize, true),
      line(profile, width),
      ...parts,
      ...notesOf(name, sections).flatMap((note) => wrapped(note, width)),
    ],
    gap,
  );
}

function picturesOf(
  name: SectionName,
  sections: NonNullable<SubjectModel['sections']>,
  width: number,
): readonly Drawing[] {
  switch (name) {
    case 'namespaces':
      return [drawNamespaces(sections.namespaces.rows, sections.namespaces.picture, width)];
    case 'users':
      return sections.users.tables.flatMap(({ name: file, picture }) =>
        picture ? [line(file, width), drawUsers(picture, width)] : [],
      );
    case 'processes':
      return [drawProcesses(sections.processes, width)];
    case 'ownership':
      return sections.ownership?.box ? [drawOwnership(sections.ownership.box, width)] : [];
    default:
      return tablesOf(name, sections).map((table) => drawTable(table, width));
  }
}

function line(text: string, width: number, size = 11, isBold = false): Drawing {
  return {
    width,
    height: size + 3,
    shapes: [
      {
        type: 'text',
        x: 0,
        y: size,
        text: cut(text, width, size),
        size,
        isBold,
        tone: isBold ? 'foreground' : 'dim',
      },
    ],
  };
}

/** A sentence in as many lines as it needs. */
function wrapped(text: string, width: number): readonly Drawing[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const longer = lines.length === 0 ? word : `${lines.at(-1)} ${word}`;
    if (lines.length > 0 && textWidth(longer) <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return [
    stack(
      lines.map((each) => line(each, width)),
      3,
    ),
  ];
}
