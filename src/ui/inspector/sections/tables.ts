import type { Table } from '../pictures/tablePicture';
import type { OwnershipBox, SectionName, Sections } from '../protocol';

/** What a section says, as tables: for Markdown, and for pictures of what is no picture yet. */
export function tablesOf(name: SectionName, sections: Sections): readonly Table[] {
  switch (name) {
    case 'namespaces': {
      const { columns, rows } = sections.namespaces;
      return [
        {
          columns: [columns.kind, columns.id, columns.hostId, columns.state],
          rows: rows.map(({ kind, id, hostId, state }) => [kind, id, hostId, state]),
        },
      ];
    }
    case 'users': {
      const { columns, tables } = sections.users;
      return tables.map(({ name: file, rows }) => ({
        columns: [columns.inside, columns.outside, file],
        rows: rows.map(({ inside, outside, line }) => [inside, outside, line]),
      }));
    }
    case 'processes': {
      const { columns, twoPids, rows } = sections.processes;
      const cells = rows.map(({ inside, outside, name: what, depth }) => {
        const indented = `${'\u2003'.repeat(depth)}${what}`;
        return twoPids ? [inside, outside, indented] : [outside, indented];
      });
      const heads = twoPids ? [columns.inside, columns.outside] : [columns.outside];
      return [{ columns: [...heads, columns.name], rows: cells }];
    }
    case 'ownership':
      return sections.ownership?.box ? [ownershipTable(sections.ownership.box, sections)] : [];
    case 'compare': {
      if (!sections.compare) return [];
      const { columns, rows } = sections.compare;
      return [
        {
          columns: [columns.kind, columns.first, columns.second, columns.same],
          rows: rows.map(({ kind, first, second, word }) => [kind, first, second, word]),
        },
      ];
    }
    case 'steps': {
      if (!sections.steps) return [];
      const { columns, rows } = sections.steps;
      return [
        {
          columns: [columns.step, columns.meaning, columns.took],
          rows: rows.map(({ call, meaning, took, failed }) => [
            failed === '' ? call : `${call} ${failed}`,
            meaning,
            took,
          ]),
        },
      ];
    }
  }
}

/** From the outermost box inwards. */
function ownershipTable(outermost: OwnershipBox, sections: Sections): Table {
  const boxes: OwnershipBox[] = [];
  for (let box: OwnershipBox | undefined = outermost; box; box = box.inner) boxes.push(box);
  return {
    columns: [sections.ownership?.columns.user ?? '', sections.ownership?.columns.owns ?? ''],
    rows: boxes.map(({ title, whose, owned }) => [
      `${title} (${whose})`,
      owned.map(({ kind, id }) => `${kind} ${id}`).join(', '),
    ]),
  };
}

/** What a section says besides its tables. */
export function notesOf(name: SectionName, sections: Sections): readonly string[] {
  const notes: Readonly<Record<SectionName, readonly (string | undefined)[]>> = {
    namespaces: [],
    users: [...sections.users.tables.map(({ note }) => note), sections.users.owner, sections.users.file.text],
    processes: [sections.processes.note],
    ownership: [sections.ownership?.intro, sections.ownership?.outside],
    compare: [sections.compare?.summary],
    steps: [sections.steps?.total],
  };
  return [...new Set(notes[name].filter((note) => note !== undefined && note !== ''))] as string[];
}
