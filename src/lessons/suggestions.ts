import { isMap, isPair, isScalar, isSeq, parseDocument, visit, type Node, type Pair } from 'yaml';
import { keysOf, schemaAt, valuesOf } from './schemaTree';
import { lessonSchema } from './lessonSchema';
import { surroundingNames } from './variables';

/** What could stand at a place of a lesson's file. */
export interface Suggestion {
  readonly kind: 'key' | 'value';
  readonly text: string;
  /** The place's own key: `user` in `ns: { user: | }`; of a key the one it stands below. */
  readonly below: string;
}

/** What a place may name that is not in lesson.yaml's own shape. */
export interface Known {
  readonly profiles: readonly string[];
  /** Keys of the hints in the texts. */
  readonly hints: readonly string[];
}

/** Stands where the person writes, so that YAML has something there. */
const placeholder = 'ANTONPLACE';

/** Keys and values that fit at an offset of lesson.yaml, however unfinished the rest of it is. */
export function suggestInYaml(source: string, offset: number, known: Known): readonly Suggestion[] {
  const before = source.slice(0, offset);
  if (/\{\{\s*[\w-]*$/.test(before)) return variablesOf(source).map(asValue('{{}}'));
  const word = /[\w-]*$/.exec(before)?.[0].length ?? 0;
  const rest = /^[\w-]*/.exec(source.slice(offset))?.[0].length ?? 0;
  const marked = source.slice(0, offset - word) + placeholder + source.slice(offset + rest);
  const place = placeIn(marked);
  if (!place) return [];
  const { path, role, present } = place;
  const schemas = schemaAt(lessonSchema, path);
  const below = path.filter((part) => typeof part === 'string').at(-1) ?? '';
  const keys = schemas
    .flatMap(keysOf)
    .filter((key) => !present.has(key))
    .map((text) => ({ kind: 'key', text, below }) as const);
  if (role === 'key') return unique(keys);
  const values = [...schemas.flatMap(valuesOf), ...namesAt(path, source, known)];
  return unique([...values.map(asValue(below)), ...keys]);
}

interface Place {
  /** Of the map whose key it is, or of the value. */
  readonly path: readonly (string | number)[];
  readonly role: 'key' | 'value';
  readonly present: ReadonlySet<string>;
}

function placeIn(marked: string): Place | undefined {
  let found: Place | undefined;
  visit(parseDocument(marked, { prettyErrors: false }), {
    Scalar(key, node, ancestors) {
      if (!String(node.value).includes(placeholder)) return undefined;
      const nodes = ancestors as readonly (Node | Pair)[];
      const path = pathOf(nodes, key === 'key' ? nodes.length - 1 : nodes.length);
      const parent = nodes.at(key === 'key' ? -2 : -1);
      const item = typeof key === 'number' ? [key] : [];
      found =
        key === 'key'
          ? { path, role: 'key', present: keysIn(parent) }
          : { path: [...path, ...item], role: 'value', present: new Set() };
      return visit.BREAK;
    },
  });
  return found;
}

/** The keys and indexes that lead from the document down to a node of the chain. */
function pathOf(nodes: readonly (Node | Pair)[], length: number): (string | number)[] {
  return nodes.slice(0, length).flatMap((node, i): (string | number)[] => {
    if (isPair(node)) return isScalar(node.key) ? [String(node.key.value)] : [];
    const child = nodes[i + 1];
    return isSeq(node) && child ? [node.items.indexOf(child)] : [];
  });
}

function keysIn(node: unknown): ReadonlySet<string> {
  const items = isMap(node) ? node.items : [];
  return new Set(items.flatMap(({ key }) => (isScalar(key) ? [String(key.value)] : [])));
}

/** Names that something else defines: profiles, tasks, hints. */
function namesAt(path: readonly (string | number)[], source: string, known: Known): readonly string[] {
  const last = path.at(-1);
  if (last === 'profile') return known.profiles;
  if (last === 'key') return known.hints;
  return last === 'after' ? tasksOf(source) : [];
}

/** Of a file that need not be valid. */
export function tasksOf(source: string): readonly string[] {
  return listed(source, /^\s*-\s*\{?\s*id:\s*([a-z][\w-]*)/gm);
}

export function hintsOf(source: string): readonly string[] {
  return listed(source, /\bkey:\s*([a-z][\w-]*)/g);
}

export function variablesOf(source: string): readonly string[] {
  const block = /^variables:\s*\n((?:[ \t]+.*\n?)*)/m.exec(source)?.[1] ?? '';
  return [...surroundingNames, ...listed(block, /^\s*([a-z][\w-]*):/gm)];
}

function listed(source: string, pattern: RegExp): readonly string[] {
  return [...new Set([...source.matchAll(pattern)].map(([, name = '']) => name))];
}

function asValue(below: string): (text: string) => Suggestion {
  return (text) => ({ kind: 'value', text, below });
}

function unique(suggestions: readonly Suggestion[]): readonly Suggestion[] {
  return [...new Map(suggestions.map((each) => [`${each.kind} ${each.text}`, each])).values()];
}
