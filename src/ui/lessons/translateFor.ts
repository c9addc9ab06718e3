import slovak from '../../../l10n/bundle.l10n.sk.json';
import type { Language } from '../../lessons/lesson';
import type { Translate } from '../translate';

/**
 * Words in the lesson's own language, whatever the editor's is: VS Code has no Slovak language pack, so it would not
 * load this bundle by itself.
 * @param usual what translates into the editor's language.
 */
export function translateFor(language: Language, usual: Translate): Translate {
  if (language !== 'sk') return usual;
  const bundle: Readonly<Record<string, string>> = slovak;
  return (message, ...args) => {
    const text = bundle[message];
    return text === undefined
      ? usual(message, ...args)
      : text.replace(/\{(\d)\}/g, (_, index: string) => String(args[Number(index)] ?? ''));
  };
}
