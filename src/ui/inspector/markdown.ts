import type { Table } from './pictures/tablePicture';
import type { SectionName, SubjectModel } from './protocol';
import { notesOf, tablesOf } from './sections/tables';

/** A section as Markdown (GitHub's tables), for slides and reports; undefined if the panel does not show it. */
export function sectionAsMarkdown(name: SectionName, { title, sections }: SubjectModel): string | undefined {
  const section = sections?.[name];
  if (!section) return undefined;
  const parts = [
    `## ${escape(title)}: ${escape(section.heading)}`,
    ...tablesOf(name, sections)
      .filter(({ rows }) => rows.length > 0)
      .map(table),
    ...notesOf(name, sections).map(escape),
  ];
  return `${parts.join('\n\n')}\n`;
}

function table({ columns, rows }: Table): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(escape).join(' | ')} |`;
  return [line(columns), line(columns.map(() => '---')).replaceAll('\\', ''), ...rows.map(line)].join('\n');
}

/** CommonMark, "Backslash escapes": what would be read as more than text. */
function escape(text: string): string {
  return text.replace(/[\\`*_[\]<>|#~]/g, '\\$&').replace(/\s*\n\s*/g, ' ');
}
