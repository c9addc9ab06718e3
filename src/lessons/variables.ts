import * as crypto from 'node:crypto';

/** What differs from student to student, so that nobody can copy a neighbour's answer. */
export type Variable =
  { readonly word: true } | { readonly from: number; readonly to: number; readonly step?: number };

/** What `{{name}}` in a lesson's texts, commands and checks stands for. */
export type Values = Readonly<Record<string, string | number>>;

/** Known in every lesson: who the student is, and the folder where the lesson's terminals begin. */
export interface Surroundings {
  readonly user: string;
  readonly uid: number;
  readonly gid: number;
  /** Absolute path. */
  readonly folder: string;
  readonly hostname: string;
}

export const surroundingNames: readonly (keyof Surroundings)[] = ['user', 'uid', 'gid', 'folder', 'hostname'];

/** Short, plain ASCII, the same in both languages' alphabets, and good as a name of a file or a host. */
const words = [
  ...['amber', 'apple', 'aspen', 'basil', 'beech', 'birch', 'cedar', 'clover', 'coral', 'daisy', 'ember'],
  ...['fern', 'flint', 'ginger', 'hazel', 'heron', 'indigo', 'iris', 'ivory', 'jade', 'juniper', 'kelp'],
  ...['larch', 'laurel', 'lemon', 'lilac', 'linden', 'lotus', 'maple', 'marble', 'mint', 'moss', 'nectar'],
  ...['oak', 'olive', 'onyx', 'opal', 'orchid', 'otter', 'pearl', 'pepper', 'pine', 'plum', 'poppy'],
  ...['quartz', 'raven', 'robin', 'rowan', 'ruby', 'saffron', 'sage', 'spruce', 'swan', 'thyme', 'topaz'],
  ...['tulip', 'umber', 'velvet', 'violet', 'walnut', 'willow', 'wren', 'yarrow', 'zinnia'],
];

/** The same values for the same student and lesson, on every machine and in every run. */
export function valuesFor(
  student: string,
  lesson: { readonly id: string; readonly variables: Readonly<Record<string, Variable>> },
  surroundings: Surroundings,
): Values {
  const own = Object.entries(lesson.variables).map(([name, variable]) => {
    const number = draw(student, lesson.id, name);
    return [name, pick(variable, number)] as const;
  });
  return { ...surroundings, ...Object.fromEntries(own) };
}

function pick(variable: Variable, number: number): string | number {
  if ('word' in variable) return words[number % words.length] ?? '';
  const step = variable.step ?? 1;
  const choices = Math.floor((variable.to - variable.from) / step) + 1;
  return variable.from + (number % choices) * step;
}

/** 48 bits that depend on all three; the separator keeps ('ab', 'c') apart from ('a', 'bc'). */
function draw(...parts: readonly string[]): number {
  const hash = crypto.createHash('sha256').update(parts.join('\0')).digest();
  return hash.readUIntBE(0, 6);
}

const reference = /\{\{\s*([a-zA-Z][\w-]*)\s*\}\}/g;

/** The names in `{{...}}`, in their order. */
export function namesIn(text: string): readonly string[] {
  return [...text.matchAll(reference)].map(([, name = '']) => name);
}

/** Puts the values in; a name without a value stays as it is. */
export function fill(text: string, values: Values): string {
  return text.replace(reference, (whole, name: string) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    return value === undefined ? whole : String(value);
  });
}
