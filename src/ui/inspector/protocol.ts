import type { IdMap } from '../../kernel/idMap';
import type { MapFile, MapWrite } from '../../runtime/runtime';

/** What the side panel's page and the extension host say to each other. All words are ready to be shown. */

export interface NamespaceRow {
  readonly kind: string;
  readonly meaning: string;
  readonly own: boolean;
  /** 'own', 'shared with the host'. */
  readonly state: string;
  /** The same where there is little room. */
  readonly short: string;
  /** '' if it is not known. */
  readonly id: string;
  readonly hostId: string;
  /** 'host 4026531837' for a row without room for a column of its own; '' if it would repeat `id`. */
  readonly hostLine: string;
  readonly copyLabel: string;
}

export interface MapRow {
  readonly inside: string;
  readonly outside: string;
  readonly line: string;
}

export interface MapTable {
  /** 'uid_map' */
  readonly name: string;
  readonly note: string;
  readonly rows: readonly MapRow[];
  /** Undefined where the map is not known, or is the host's own and no more to be drawn. */
  readonly picture: UsersPicture | undefined;
}

export interface ProcessRow {
  readonly pid: number;
  readonly inside: string;
  readonly outside: string;
  readonly name: string;
  readonly depth: number;
  /** 'child of 25435', for those who do not see the indentation; '' for the first. */
  readonly under: string;
  readonly copyLabel: string;
}

export interface StepRow {
  /** The system call with its arguments and its result. */
  readonly call: string;
  /** What the step does; '' if its name says it. */
  readonly meaning: string;
  /** '312 µs' */
  readonly took: string;
  /** 'failed: EPERM', or ''. */
  readonly failed: string;
}

/** What the picture of a map draws. */
export interface UsersPicture {
  /** All of it in words. */
  readonly description: string;
  readonly insideLabel: string;
  readonly outsideLabel: string;
  readonly map: IdMap;
  /** Of each row of the map. */
  readonly names: readonly { readonly inside: string; readonly outside: string }[];
  /** Who all the others are inside: 65534, 'nobody (65534)'. */
  readonly overflow: number;
  readonly overflowName: string;
  readonly others: string;
  /** The owner of a file, outside and inside; inside undefined if nobody. */
  readonly mark: { readonly outside: number; readonly inside: number | undefined } | undefined;
}

/** The form in which the maps are written; texts with {0} and {1} are filled in by the page. */
export interface MapForm {
  readonly terminal: number;
  /** PID of the first process, outside. */
  readonly pid: number;
  /** When a command asked for the form, in milliseconds of the clock; 0 if none did. */
  readonly asked: number;
  readonly open: string;
  readonly heading: string;
  readonly intro: string;
  readonly columns: { readonly inside: string; readonly outside: string; readonly length: string };
  readonly groups: readonly {
    readonly id: 'uid' | 'gid';
    readonly file: 'uid_map' | 'gid_map';
    readonly include: string;
    /** The person's own id. */
    readonly own: string;
  }[];
  /** {0} is the file, {1} the number of the line. */
  readonly field: { readonly inside: string; readonly outside: string; readonly length: string };
  readonly addLine: string;
  readonly removeLine: string;
  readonly setgroups: string;
  readonly preview: string;
  readonly nothing: string;
  readonly write: string;
  readonly close: string;
}

/** What came of it: the first line says what, the others why. */
export interface MapResult {
  /** The files that took what was written. */
  readonly done: readonly MapFile[];
  readonly refused: boolean;
  readonly lines: readonly string[];
}

/** A user namespace with what it owns, and the next one inwards in it. */
export interface OwnershipBox {
  readonly title: string;
  readonly whose: string;
  readonly isHost: boolean;
  readonly owned: readonly { readonly kind: string; readonly id: string }[];
  readonly inner: OwnershipBox | undefined;
  readonly spoken: string;
}

export interface CompareRow {
  readonly kind: string;
  readonly meaning: string;
  readonly first: string;
  readonly second: string;
  /** Undefined where one of both is hidden. */
  readonly same: boolean | undefined;
  readonly word: string;
}

/** A terminal, a process or a namespace. */
export interface SubjectModel {
  readonly type: 'subject';
  /** Tells one subject from another. */
  readonly key: string;
  readonly title: string;
  readonly profile: string;
  readonly process: string;
  /** What the button of each section's menu says; {0} is its heading. */
  readonly menu: string;
  /** Undefined until it has been read once. */
  readonly sections: Sections | undefined;
}

export interface Sections {
  readonly namespaces: {
    readonly heading: string;
    readonly columns: {
      readonly kind: string;
      readonly id: string;
      readonly state: string;
      readonly hostId: string;
    };
    readonly rows: readonly NamespaceRow[];
    readonly picture: { readonly description: string; readonly inside: string; readonly host: string };
  };
  readonly users: {
    readonly heading: string;
    readonly columns: { readonly inside: string; readonly outside: string; readonly line: string };
    readonly tables: readonly MapTable[];
    readonly owner: string;
    /** Whose a file is that a person chose, '' if none is; and the buttons for it. */
    readonly file: { readonly text: string; readonly choose: string; readonly forget: string };
    /** Undefined where the user namespace is not the terminal's own: the host's maps are fixed. */
    readonly form: MapForm | undefined;
  };
  readonly processes: ProcessesModel;
  /** Undefined until the machine has been scanned, and where the user namespace is hidden. */
  readonly ownership:
    | {
        readonly heading: string;
        readonly columns: { readonly user: string; readonly owns: string };
        readonly intro: string;
        readonly box: OwnershipBox | undefined;
        /** What user namespaces own that are none of the boxes; '' if nothing. */
        readonly outside: string;
      }
    | undefined;
  /** Undefined while nothing is compared. */
  readonly compare:
    | {
        readonly heading: string;
        readonly columns: {
          readonly kind: string;
          readonly first: string;
          readonly second: string;
          readonly same: string;
        };
        readonly summary: string;
        readonly rows: readonly CompareRow[];
        readonly close: string;
      }
    | undefined;
  /** Undefined for what was not made here. */
  readonly steps: StepsModel | undefined;
}

export interface ProcessesModel {
  readonly heading: string;
  /** `seen` says "what ps lists", of the column that it does. */
  readonly columns: {
    readonly inside: string;
    readonly outside: string;
    readonly name: string;
    readonly seen: string;
  };
  /** False where inside and outside count alike: then one column of PIDs says it all. */
  readonly twoPids: boolean;
  readonly note: string;
  /** Which column `ps` inside lists; '' if neither, or if that is hidden. */
  readonly seen: 'outside' | 'inside' | '';
  /** What the first process descends from. */
  readonly above: readonly { readonly outside: string; readonly name: string }[];
  readonly rows: readonly ProcessRow[];
}

export interface StepsModel {
  readonly heading: string;
  readonly columns: { readonly step: string; readonly meaning: string; readonly took: string };
  readonly total: string;
  /** All of it as text, a line for each step. */
  readonly copy: { readonly label: string; readonly text: string };
  readonly rows: readonly StepRow[];
}

export interface EmptyModel {
  readonly type: 'empty';
  readonly text: string;
  readonly button: string;
}

export type InspectorModel = SubjectModel | EmptyModel;

/** In the order of the panel. */
export const sectionNames = [
  'compare',
  'namespaces',
  'users',
  'processes',
  'ownership',
  'steps',
] as const satisfies readonly (keyof Sections)[];

export type SectionName = (typeof sectionNames)[number];

export type PictureFormat = 'svg' | 'png';

export type ToPage =
  | { readonly type: 'show'; readonly model: InspectorModel }
  /** What came of a `writeIdMaps` of that terminal. */
  | { readonly type: 'written'; readonly key: number; readonly result: MapResult }
  /** Asks for a section's picture, to be saved. */
  | { readonly type: 'draw'; readonly section: SectionName; readonly format: PictureFormat }
  /** Opens a section and scrolls to it. */
  | { readonly type: 'reveal'; readonly section: SectionName }
  /** For screen readers only. */
  | { readonly type: 'announce'; readonly text: string };

export type FromPage =
  | { readonly type: 'ready' }
  | { readonly type: 'newTerminal' }
  | { readonly type: 'endComparison' }
  | { readonly type: 'writeIdMaps'; readonly key: number; readonly writes: readonly MapWrite[] }
  | { readonly type: 'copy'; readonly text: string }
  | { readonly type: 'chooseFile' }
  | { readonly type: 'forgetFile' }
  /** The URIs of files that were dropped, as text/uri-list has them. */
  | { readonly type: 'dropFile'; readonly uris: string }
  /** `data`: an SVG's text, or a PNG in base 64; '' if there is no such picture. */
  | {
      readonly type: 'drawn';
      readonly section: SectionName;
      readonly format: PictureFormat;
      readonly data: string;
    };
