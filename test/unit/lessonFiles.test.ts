import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { describeProblem } from '../../src/lessons/problems';
import { readLesson, readLessons, readText, type LessonResult } from '../../src/lessons/readLessons';
import { folderFor, idFor, newLesson } from '../../src/lessons/template';
import slovak from '../../l10n/bundle.l10n.sk.json';

const yaml = `id: map
profile: plain
variables:
  name: { word: true }
tasks:
  - id: enter
    when: edge
    check: { process: { ns: { user: own } } }
    hints:
      - key: shared
    solve: [unshare -U]
`;

const text = `# Lesson 2: Maps

Type it, {{name}}:

\`\`\`sh {"name":"enter"}
unshare -U
\`\`\`

\`\`\`anton-task
id: enter
\`\`\`

<details id="hint-shared">
<summary>A hint</summary>

Look at *the* namespace.

</details>
`;

type Files = Readonly<Record<string, string>>;
const good: Files = { 'lesson.yaml': yaml, 'lesson.en.md': text, 'lesson.sk.md': text };

/** What a person gets to see who has written these files. */
describe('the files of a lesson', () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'anton-lessons-'));
  after(() => {
    fs.rmSync(folder, { recursive: true });
  });

  async function read(files: Files, name = '02-map'): Promise<LessonResult> {
    const parent = fs.mkdtempSync(path.join(folder, 'case-'));
    fs.mkdirSync(path.join(parent, name));
    for (const [file, content] of Object.entries(files))
      fs.writeFileSync(path.join(parent, name, file), content);
    const [result] = await readLessons(parent);
    assert.ok(result);
    return result;
  }

  /** 'lesson.yaml:3: ...' */
  async function problemsOf(files: Files, name?: string): Promise<string[]> {
    const result = await read(files, name);
    assert.ok('problems' in result, 'there is something wrong');
    const format = (message: string, ...args: unknown[]): string =>
      message.replace(/\{(\d)\}/g, (_, i: string) => String(args[Number(i)]));
    return result.problems.map((problem) =>
      describeProblem({ ...problem, file: path.basename(problem.file) }, format),
    );
  }

  it('are a plan and a text in each language', async () => {
    const result = await read(good);
    assert.ok('lesson' in result, JSON.stringify(result));
    const { lesson } = result;
    assert.deepEqual([lesson.number, lesson.id, lesson.texts.sk.title], [2, 'map', 'Lesson 2: Maps']);
    assert.deepEqual(lesson.tasks[0]?.solve, [{ terminal: 'first', type: 'unshare -U' }]);
    const { blocks } = lesson.texts.en;
    assert.deepEqual(
      blocks.filter(({ kind }) => kind !== 'prose').map(({ kind, line }) => [kind, line]),
      [
        ['command', 5],
        ['task', 9],
        ['hint', 13],
      ],
    );
    const hint = blocks.find((block) => block.kind === 'hint');
    assert.deepEqual([hint?.key, hint?.text], ['shared', 'Look at *the* namespace.']);
  });

  it('have a recording only if somebody made one', async () => {
    const recording =
      'made: 2026-01-31\nkernel: 6.1.0\nuser: ana\ncommands: { COMMAND: "anton> ls\\n" }\ntasks: {}\n';
    const result = await read({ ...good, 'recording.yaml': recording.replace('COMMAND', 'enter') });
    assert.ok('lesson' in result, JSON.stringify(result));
    assert.equal(result.lesson.recording?.commands['enter'], 'anton> ls\n');
    const without = await read(good);
    assert.ok('lesson' in without && without.lesson.recording === undefined);
    assert.match(
      (await problemsOf({ ...good, 'recording.yaml': recording })).join(),
      /^recording\.yaml:4: .*COMMAND/,
    );
    assert.match(
      (await problemsOf({ ...good, 'recording.yaml': 'made: 1\n' })).join(),
      /^recording\.yaml:1: .*made/,
    );
  });

  it('are read and never written', async () => {
    const odd = text.replaceAll('\n', '\r\n') + '\n\n  \n```sh\nls\n```   ';
    const result = await read({ ...good, 'lesson.en.md': odd, 'lesson.sk.md': odd });
    assert.ok('lesson' in result, JSON.stringify(result));
    const { blocks, file } = result.lesson.texts.en;
    assert.equal(blocks.map(({ source }) => source).join(''), odd);
    assert.equal(fs.readFileSync(file, 'utf8'), odd);
  });

  const broken: readonly (readonly [string, Files, RegExp])[] = [
    ['a language that is missing', { 'lesson.sk.md': '' }, /^lesson\.sk\.md:1: .*no title/],
    ['YAML that is none', { 'lesson.yaml': `id: map\n${yaml}` }, /^lesson\.yaml:2: .*not YAML/],
    [
      'a fact that nobody knows',
      { 'lesson.yaml': yaml.replace('user: own', 'users: own') },
      /^lesson\.yaml:8: .*users/,
    ],
    [
      'a fact on a line of its own that nobody knows',
      {
        'lesson.yaml': yaml.replace(
          '{ process: { ns: { user: own } } }',
          '\n      process:\n        hostname: a\n        hostnam: b',
        ),
      },
      /^lesson\.yaml:11: .*nobody knows hostnam here/,
    ],
    [
      'a check that asks for nothing',
      { 'lesson.yaml': yaml.replace('{ process: { ns: { user: own } } }', '{}') },
      /^lesson\.yaml:8: .*nothing/,
    ],
    [
      'a condition that asks for nothing',
      { 'lesson.yaml': yaml.replace('{ ns: { user: own } }', '{}') },
      /^lesson\.yaml:8: .*nothing/,
    ],
    [
      'a part that is missing',
      { 'lesson.yaml': yaml.replace('    when: edge\n', '') },
      /^lesson\.yaml:6: .*when.*one of edge, level/,
    ],
    [
      'a task that comes after none',
      { 'lesson.yaml': yaml.replace('when: edge', 'when: edge\n    after: first') },
      /^lesson\.yaml:8: There is no task “first”/,
    ],
    [
      'a task that no text shows',
      { 'lesson.sk.md': text.replace('anton-task\nid: enter', 'text') },
      /^lesson\.sk\.md:17: The task “enter” is missing/,
    ],
    [
      'a task that the plan has not',
      { 'lesson.sk.md': text.replace('id: enter', 'id: entre') },
      /^lesson\.sk\.md:9: There is no task “entre”/,
    ],
    [
      'a task without an id',
      { 'lesson.sk.md': text.replace('id: enter', 'enter') },
      /^lesson\.sk\.md:9: The fence “anton-task”.*id/,
    ],
    [
      'a hint that nobody gives',
      { 'lesson.en.md': text.replace('hint-shared', 'hint-other') },
      /^lesson\.en\.md:13: There is no hint “other”/,
    ],
    [
      'a hint without an end',
      { 'lesson.en.md': text.replace('</details>', '') },
      /^lesson\.en\.md:13: The hint “shared” has no end/,
    ],
    [
      'a hint that is the answer',
      { 'lesson.en.md': text.replace('Look at *the* namespace.', 'Type `unshare -U`.') },
      /^lesson\.en\.md:13: The hint “shared” is the answer itself: “unshare -U”/,
    ],
    [
      'a command in one language only',
      { 'lesson.sk.md': text.replace(' {"name":"enter"}', '') },
      /^lesson\.sk\.md:18: The command “enter” is missing/,
    ],
    [
      'a command that differs',
      { 'lesson.sk.md': text.replace('unshare -U', 'unshare -r') },
      /^lesson\.sk\.md:5: The command “enter” differs/,
    ],
    [
      'a command whose fence is no JSON',
      { 'lesson.sk.md': text.replace('{"name"', '{name') },
      /^lesson\.sk\.md:5: The fence “sh”/,
    ],
    [
      'a variable that stands for nothing',
      { 'lesson.sk.md': text.replace('{{name}}', '{{nam}}') },
      /^lesson\.sk\.md:3: There is no variable “nam”/,
    ],
  ];
  for (const [what, change, expected] of broken) {
    it(`${what}: the place and what to do are told`, async () => {
      const problems = await problemsOf({ ...good, ...change });
      assert.ok(problems.length > 0);
      assert.match(problems[0] ?? '', expected);
    });
  }

  describe('of one’s own', () => {
    /** As the problems of a lesson of one's own, or nothing. */
    async function readOwn(files: Files): Promise<readonly string[]> {
      const parent = fs.mkdtempSync(path.join(folder, 'own-'));
      const own = path.join(parent, '01-own');
      fs.mkdirSync(own);
      for (const [file, content] of Object.entries(files)) fs.writeFileSync(path.join(own, file), content);
      const result = await readLesson(own, { read: readText, everyLanguage: false });
      if ('lesson' in result) {
        assert.equal(result.lesson.texts.en, result.lesson.texts.sk);
        return [];
      }
      return result.problems.map(
        ({ file, line, cause }) => `${path.basename(file)}:${line} ${cause.problem}`,
      );
    }

    it('need one language only, which then does for both', async () => {
      assert.deepEqual(await readOwn({ 'lesson.yaml': yaml, 'lesson.en.md': text }), []);
      assert.deepEqual(await readOwn({ 'lesson.yaml': yaml, 'lesson.sk.md': text }), []);
      assert.deepEqual(await readOwn({ 'lesson.yaml': yaml }), ['lesson.yaml:1 noText']);
      assert.deepEqual(await readOwn({ 'lesson.sk.md': text }), ['lesson.yaml:1 missingFile']);
      const wrong = { 'lesson.yaml': yaml, 'lesson.sk.md': text.replace('id: enter', 'id: entre') };
      assert.deepEqual(await readOwn(wrong), ['lesson.sk.md:9 unknown', 'lesson.sk.md:18 absent']);
    });

    it('begin from a template that is valid in both languages, whatever the title', async () => {
      for (const title of ['My First', 'Čí je súbor?  {{x}}', '# 7: "quoted"'])
        for (const language of ['en', 'sk'] as const)
          assert.deepEqual(await readOwn(newLesson({ id: 'own', title, language })), []);
    });

    it('get an id of their title, and the next number', () => {
      assert.equal(idFor('Čí je súbor?'), 'ci-je-subor');
      assert.equal(idFor('7 !'), '');
      assert.equal(folderFor('own', ['01-a', '12-b', 'notes']), '13-own');
      assert.equal(folderFor('own', []), '01-own');
    });
  });

  it('every problem has words in both languages', () => {
    const source = fs.readFileSync(path.resolve('src', 'lessons', 'problems.ts'), 'utf8');
    const texts = [...source.matchAll(/\bt\(\s*'([^']+)'/g)].map(([, message = '']) => message);
    assert.ok(texts.length > 20);
    for (const message of texts) assert.ok(message in slovak, message);
  });

  it('a file that is missing is told, and so is a folder without a number', async () => {
    const rest = Object.entries(good).filter(([file]) => file !== 'lesson.sk.md');
    assert.match(
      (await problemsOf(Object.fromEntries(rest))).join('\n'),
      /^lesson\.sk\.md:1: This file is missing/,
    );
    assert.match((await problemsOf(good, 'map')).join('\n'), /^map:1: “map” is no name for a lesson/);
  });
});
