import type { Language } from './lesson';

/** The name of a file of a new lesson, and what is in it. */
export type NewFiles = Readonly<Record<string, string>>;

export interface NewLesson {
  readonly id: string;
  readonly title: string;
  readonly language: Language;
}

/** 'Whose file is it?' -> 'whose-file-is-it'; '' where nothing is left. */
export function idFor(title: string): string {
  return title
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[-0-9]+|-+$/g, '')
    .slice(0, 40);
}

/** A folder after those that there are: '03-id'. */
export function folderFor(id: string, others: readonly string[]): string {
  const numbers = others.map((name) => Number(/^(\d{1,3})-/.exec(name)?.[1] ?? 0));
  const next = Math.max(0, ...numbers) + 1;
  return `${String(next).padStart(2, '0')}-${id}`;
}

/** A lesson that works: one task, with a check and a hint, to be changed into something else. */
export function newLesson({ id, title, language }: NewLesson): NewFiles {
  // The text of a heading must not begin something else, nor stand for a variable.
  const heading = title.replace(/\s+/g, ' ').replaceAll('{{', '{ {').trim();
  return {
    'lesson.yaml': plan(id),
    [`lesson.${language}.md`]: texts[language](heading),
  };
}

function plan(id: string): string {
  return `id: ${id}
# The profile of the lesson's first terminal.
profile: plain
# What the machine must be able to do, and programs that must be there.
needs: [user]
programs: [unshare]
tasks:
  - id: enter
    # edge: it counts once it was done. level: it counts as long as it is true.
    when: edge
    # To which the inspector turns when a command of this task is run.
    section: users
    check: { process: { ns: { user: own } } }
    hints:
      - key: still-shared
    # What solves the task. Students do not see it; a hint must not give it away.
    solve: [unshare -U]
`;
}

const fence = '```';

/** The command and its task, which are the same in every language. */
const steps = `${fence}sh {"name":"enter"}
unshare -U
${fence}

${fence}anton-task
id: enter
${fence}`;

const texts: Readonly<Record<Language, (title: string) => string>> = {
  en: (title) => `# ${title}

Say here what this is about.

## Predict

Ask what will happen, before anybody tries.

## Do

${steps}

<details id="hint-still-shared">
<summary>Nothing has changed</summary>

Which namespace is it about, and which letter has it among the options of \`unshare\`?

</details>

## Explain

Say here why it happened.
`,
  sk: (title) => `# ${title}

Sem napíšte, o čo ide.

## Odhadnite

Opýtajte sa, čo sa stane, skôr než to niekto skúsi.

## Urobte

${steps}

<details id="hint-still-shared">
<summary>Nič sa nezmenilo</summary>

O ktorý menný priestor ide a aké má písmeno medzi prepínačmi programu \`unshare\`?

</details>

## Vysvetlenie

Sem napíšte, prečo sa to stalo.
`,
};
