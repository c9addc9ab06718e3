import type { Language } from '../lessons/lesson';

/**
 * The message in the person's language, with {0}, {1}, ... replaced. Code that makes words takes it as an argument
 * named `t`, so that it runs without vscode.
 */
export interface Translate {
  (message: string, ...args: Values): string;
  /** Whose plural forms hold; English if missing. */
  readonly language?: Language;
}

type Values = readonly (string | number | boolean)[];

/** The Slovak words, by the English ones. */
export type Bundle = Readonly<Record<string, string>>;

/** What translates into a language. What the bundle lacks stays English. */
export function translator(language: Language, bundle: () => Bundle): Translate {
  const translate = (message: string, ...args: Values): string => {
    const text = language === 'en' ? message : (bundle()[message] ?? message);
    // A hole without a value stays: the panel's page fills some in itself.
    return text.replace(/\{(\d)\}/g, (hole, index: string) => String(args[Number(index)] ?? hole));
  };
  return Object.assign(translate, { language });
}

/**
 * A text with a count, which is {0} in it, in the form that goes with the number: English has two, Slovak three. The
 * form for 2 to 4 has a key of its own in the bundle: that of the last one with '/few' behind it.
 */
export function counted(t: Translate, count: number, one: string, other: string, ...args: Values): string {
  const form = new Intl.PluralRules(t.language ?? 'en').select(count);
  return t(form === 'one' ? one : form === 'few' ? `${other}/few` : other, count, ...args);
}
