import * as vscode from 'vscode';
import type { Language } from '../../lessons/lesson';
import { setting } from '../names';

/** The setting, else the editor's language, else English. */
export function lessonLanguage(): Language {
  const chosen = vscode.workspace.getConfiguration().get<string>(setting.language);
  const language = chosen === 'en' || chosen === 'sk' ? chosen : vscode.env.language;
  return language.startsWith('sk') ? 'sk' : 'en';
}
