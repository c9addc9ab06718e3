import * as fs from 'node:fs';
import * as path from 'node:path';
import * as vscode from 'vscode';
import type { Language } from '../lessons/lesson';
import { contextKey, setting } from './names';
import { type Bundle, type Translate, translator } from './translate';

/**
 * The words of the extension. VS Code's own l10n follows the editor's language alone, and there is no Slovak language
 * pack; so Anton reads its bundle itself, and the setting anton.language has the last word.
 */

const changed = new vscode.EventEmitter<Language>();

/** Fires when texts are to be made anew. */
export const onDidChangeLanguage = changed.event;

let spoken: { readonly language: Language; readonly t: Translate } | undefined;
let slovak: Bundle | undefined;

/** The setting, else the editor's language, else English. */
export function language(): Language {
  return speech().language;
}

/** Translates into the language of the moment. */
export const t = Object.defineProperty(
  (...message: Parameters<Translate>): string => speech().t(...message),
  'language',
  { get: language },
) as Translate;

/** For numbers and times: English words go with the notation of the editor's language. */
export function locale(): string {
  return language() === 'sk' ? 'sk' : vscode.env.language;
}

/** Tells VS Code's conditions of the language, and notices when the setting changes, until it is disposed. */
export function followLanguage(): vscode.Disposable {
  tellLanguage();
  return vscode.workspace.onDidChangeConfiguration((event) => {
    if (!event.affectsConfiguration(setting.language)) return;
    const before = spoken?.language;
    spoken = undefined;
    if (language() === before) return;
    tellLanguage();
    changed.fire(language());
  });
}

function tellLanguage(): void {
  void vscode.commands.executeCommand('setContext', contextKey.spokenLanguage, language());
}

function speech(): NonNullable<typeof spoken> {
  if (!spoken) {
    const chosen = vscode.workspace.getConfiguration().get<unknown>(setting.language);
    const name = chosen === 'en' || chosen === 'sk' ? chosen : vscode.env.language;
    const language = name === 'sk' || name.startsWith('sk-') ? 'sk' : 'en';
    spoken = { language, t: translator(language, () => (slovak ??= readBundle())) };
  }
  return spoken;
}

/** Read by the first Slovak word. The extension is one file in dist. */
function readBundle(): Bundle {
  const file = path.join(__dirname, '..', 'l10n', 'bundle.l10n.sk.json');
  return JSON.parse(fs.readFileSync(file, 'utf8')) as Bundle;
}
