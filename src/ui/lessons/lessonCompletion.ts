import * as path from 'node:path';
import * as vscode from 'vscode';
import { languages } from '../../lessons/lesson';
import { profileNames } from '../../runtime/profiles';
import { Disposable } from '../disposable';
import { ownProfiles } from '../settings';
import { describeLessonKey } from '../words/lessonKeys';
import { t } from '../language';
import { ownFolder, readNewest } from './ownLessons';

/** Completes keys, facts and names in the files of the workspace's lessons. */
export class LessonCompletion extends Disposable {
  constructor() {
    super();
    const files = (name: string): vscode.DocumentFilter => ({
      scheme: 'file',
      pattern: `**/${ownFolder}/*/${name}`,
    });
    const provide = vscode.languages.registerCompletionItemProvider;
    this.register(
      provide(files('lesson.yaml'), { provideCompletionItems: completeYaml }, ' ', '[', '{', ',', ':'),
    );
    this.register(
      provide(files('lesson.*.md'), { provideCompletionItems: completeText }, ' ', '-', '"', '{'),
    );
  }
}

async function completeYaml(
  document: vscode.TextDocument,
  position: vscode.Position,
): Promise<vscode.CompletionItem[]> {
  const { suggestInYaml } = await import('../../lessons/suggestions');
  const own = await ownProfiles();
  const known = {
    profiles: [...profileNames, ...own.map(({ name }) => name)],
    hints: hintKeys(await textsBeside(document)),
  };
  return suggestInYaml(document.getText(), document.offsetAt(position), known).map(
    ({ kind, text, below }, i) => {
      const isKey = kind === 'key';
      const item = new vscode.CompletionItem(
        text,
        isKey ? vscode.CompletionItemKind.Property : vscode.CompletionItemKind.Value,
      );
      item.insertText = isKey ? `${text}: ` : text;
      item.range = wordAt(document, position);
      // In the order of the schema, which goes from what is used most.
      item.sortText = String(i).padStart(3, '0');
      item.detail = describeLessonKey(text, below, t);
      return item;
    },
  );
}

async function completeText(
  document: vscode.TextDocument,
  position: vscode.Position,
): Promise<vscode.CompletionItem[]> {
  const { suggestInText } = await import('../../lessons/textSuggestions');
  const yaml = (await readNewest(beside(document, 'lesson.yaml'))) ?? '';
  const text = (await textsBeside(document)).join('\n');
  return suggestInText(document.getText(), document.offsetAt(position), { yaml, text }).map((name) => {
    const item = new vscode.CompletionItem(name, vscode.CompletionItemKind.Reference);
    item.range = wordAt(document, position);
    return item;
  });
}

function wordAt(document: vscode.TextDocument, position: vscode.Position): vscode.Range {
  return document.getWordRangeAtPosition(position, /[\w-]+/) ?? new vscode.Range(position, position);
}

function hintKeys(texts: readonly string[]): readonly string[] {
  return texts.flatMap((text) =>
    [...text.matchAll(/<details id="hint-([a-z][a-z0-9-]*)"/g)].map(([, key = '']) => key),
  );
}

/** The lesson's texts, without the document itself. */
async function textsBeside(document: vscode.TextDocument): Promise<readonly string[]> {
  const files = languages
    .map((language) => beside(document, `lesson.${language}.md`))
    .filter((file) => file !== document.uri.fsPath);
  const texts = await Promise.all(files.map(readNewest));
  return texts.filter((text) => text !== undefined);
}

function beside(document: vscode.TextDocument, name: string): string {
  return path.join(path.dirname(document.uri.fsPath), name);
}
