import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import { languages, type Language, type Lesson, type LessonPlan } from './lesson';
import { parseLessonText, type LessonText } from './lessonText';
import { parseLessonYaml, parseRecordingYaml } from './lessonYaml';
import type { LessonProblem } from './problems';
import type { Recording } from './recording';
import { checkPlan, checkRecording, checkTexts } from './references';

/** A lesson, or what has to be corrected before it is one. */
export type LessonResult =
  | { readonly folder: string; readonly lesson: Lesson }
  | { readonly folder: string; readonly problems: readonly LessonProblem[] };

/** How a lesson is read. */
export interface Reading {
  /** A file's text, undefined if there is no such file. What is open in an editor may be newer than what is saved. */
  readonly read: (file: string) => Promise<string | undefined>;
  /** Whether it has to be there in every language; else one does for all. */
  readonly everyLanguage: boolean;
}

const asShipped: Reading = { read: readText, everyLanguage: true };

/** The lessons in the folders of a folder, by their numbers. A broken one takes no other away. */
export async function readLessons(folder: string, reading = asShipped): Promise<readonly LessonResult[]> {
  const entries = await fs.readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  names.sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
  return Promise.all(names.map((name) => readLesson(path.join(folder, name), reading)));
}

/** Reads a lesson's files; nothing is ever written to them. */
export async function readLesson(folder: string, reading = asShipped): Promise<LessonResult> {
  const problems: LessonProblem[] = [];
  const name = path.basename(folder);
  const number = /^(\d{1,3})-[a-z0-9-]+$/.exec(name)?.[1];
  if (number === undefined) problems.push({ file: folder, line: 1, cause: { problem: 'folderName', name } });
  const plan = await readPlan(path.join(folder, 'lesson.yaml'), reading, problems);
  const texts = await readTexts(folder, reading, problems);
  if (plan && texts) problems.push(...checkTexts(plan, texts));
  const recording =
    plan && texts
      ? await readRecording(path.join(folder, 'recording.yaml'), plan, texts, reading, problems)
      : undefined;
  if (!plan || !texts || number === undefined || problems.length > 0) return { folder, problems };
  return {
    folder,
    lesson: { ...plan, number: Number(number), folder, texts, ...(recording ? { recording } : {}) },
  };
}

/** It need not be there. */
async function readRecording(
  file: string,
  plan: LessonPlan,
  texts: Lesson['texts'],
  { read }: Reading,
  problems: LessonProblem[],
): Promise<Recording | undefined> {
  const source = await read(file);
  if (source === undefined) return undefined;
  const found = parseRecordingYaml(source);
  problems.push(...found.problems.map((problem) => ({ ...problem, file })));
  if (found.data) problems.push(...checkRecording(found.data, plan, texts.en, file, found.lineOf));
  return found.data;
}

async function readPlan(
  file: string,
  { read }: Reading,
  problems: LessonProblem[],
): Promise<LessonPlan | undefined> {
  const source = await read(file);
  if (source === undefined) {
    problems.push({ file, line: 1, cause: { problem: 'missingFile' } });
    return undefined;
  }
  const found = parseLessonYaml(source);
  problems.push(...found.problems.map((problem) => ({ ...problem, file })));
  if (found.data) problems.push(...checkPlan(found.data, file, source, found.lineOf));
  return found.data;
}

async function readTexts(
  folder: string,
  { read, everyLanguage }: Reading,
  problems: LessonProblem[],
): Promise<Readonly<Record<Language, LessonText>> | undefined> {
  const texts: Partial<Record<Language, LessonText>> = {};
  for (const language of languages) {
    const file = path.join(folder, `lesson.${language}.md`);
    const source = await read(file);
    if (source === undefined) {
      if (everyLanguage) problems.push({ file, line: 1, cause: { problem: 'missingFile' } });
      continue;
    }
    const { text, problems: found } = parseLessonText(source, file);
    texts[language] = text;
    problems.push(...found.map((problem) => ({ ...problem, file })));
  }
  const { en = texts.sk, sk = texts.en } = texts;
  if (en && sk && (!everyLanguage || en !== sk)) return { en, sk };
  if (!everyLanguage)
    problems.push({ file: path.join(folder, 'lesson.yaml'), line: 1, cause: { problem: 'noText' } });
  return undefined;
}

/** Of the disk. */
export async function readText(file: string): Promise<string | undefined> {
  try {
    return await fs.readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return undefined;
  }
}
