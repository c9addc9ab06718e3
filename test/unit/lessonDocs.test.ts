import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { check } from '../../src/lessons/checkSchema';
import { readLesson } from '../../src/lessons/readLessons';
import { keysOf, schemaAt } from '../../src/lessons/schemaTree';
import { lessonSchema } from '../../src/lessons/lessonSchema';

describe('docs/lessons.md', () => {
  const source = fs.readFileSync(path.resolve('docs', 'lessons.md'), 'utf8');
  const fences = fromMarkdown(source).children.filter((node) => node.type === 'code');
  const fence = (lang: string): string => fences.find((each) => each.lang === lang)?.value ?? '';

  it('has an example that is a valid lesson', async () => {
    const files: Record<string, string> = {
      'lesson.yaml': fence('yaml'),
      'lesson.en.md': fence('markdown'),
      'recording.yaml': fences.find(({ value }) => value.startsWith('made:'))?.value ?? '',
    };
    const read = (file: string): Promise<string | undefined> => Promise.resolve(files[path.basename(file)]);
    const result = await readLesson('/anton-lessons/01-proc-table', { read, everyLanguage: false });
    assert.ok('lesson' in result, JSON.stringify(result));
    assert.deepEqual(
      result.lesson.tasks.map(({ id }) => id),
      ['first', 'note'],
    );
    assert.ok(result.lesson.recording?.tasks['note']);
  });

  it('names every key and every fact that there is', () => {
    const keys = [
      ...keysOf(lessonSchema),
      ...schemaAt(lessonSchema, ['tasks', 0]).flatMap(keysOf),
      ...schemaAt(check, ['process']).flatMap(keysOf),
    ];
    assert.ok(keys.length > 30);
    for (const key of keys) assert.ok(source.includes(`\`${key}\``), key);
  });
});
