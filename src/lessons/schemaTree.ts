/** As much of a schema of zod as is needed to find one's way in it. */
export interface Schema {
  readonly _zod: {
    readonly def: {
      readonly type: string;
      readonly shape?: Readonly<Record<string, Schema>>;
      readonly element?: Schema;
      readonly items?: readonly Schema[];
      readonly options?: readonly Schema[];
      readonly innerType?: Schema;
      readonly getter?: () => Schema;
      readonly keyType?: Schema;
      readonly valueType?: Schema;
      readonly entries?: Readonly<Record<string, string>>;
      readonly values?: readonly unknown[];
    };
  };
}

/** The schemas that fit at a path, of which a choice has several. */
export function schemaAt(schema: Schema, path: readonly (string | number)[]): readonly Schema[] {
  let here = plain(schema);
  for (const part of path) here = here.flatMap((each) => child(each, part)).flatMap(plain);
  return here;
}

/** The keys that an object of this shape may have. */
export function keysOf({ _zod: { def } }: Schema): readonly string[] {
  if (def.type === 'object') return Object.keys(def.shape ?? {});
  return def.type === 'record' ? Object.values(def.keyType?._zod.def.entries ?? {}) : [];
}

/** The values that there are, where there is a list of them. */
export function valuesOf({ _zod: { def } }: Schema): readonly string[] {
  if (def.type === 'enum') return Object.values(def.entries ?? {});
  if (def.type === 'literal') return (def.values ?? []).map(String);
  return def.type === 'boolean' ? ['true', 'false'] : [];
}

function child({ _zod: { def } }: Schema, part: string | number): readonly Schema[] {
  const found =
    typeof part === 'number' ? (def.element ?? def.items?.[part]) : (def.shape?.[part] ?? def.valueType);
  return found ? [found] : [];
}

/** Without what only wraps: optional, lazy, and the choice between several. */
function plain(schema: Schema): readonly Schema[] {
  const { innerType, getter, options, type } = schema._zod.def;
  if (innerType) return plain(innerType);
  if (type === 'lazy' && getter) return plain(getter());
  return options ? options.flatMap(plain) : [schema];
}
