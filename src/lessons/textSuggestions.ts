import { terminals } from './lesson';
import { parseLessonText, type LessonText } from './lessonText';
import { hintsOf, tasksOf, variablesOf } from './suggestions';

/** The other files of the lesson, '' where there is none. */
export interface Beside {
  readonly yaml: string;
  /** The text in the other language. */
  readonly text: string;
}

/** What could stand at an offset of a lesson's text: ids of tasks, hints and commands, terminals, variables. */
export function suggestInText(source: string, offset: number, beside: Beside): readonly string[] {
  const before = source.slice(0, offset);
  const line = before.slice(before.lastIndexOf('\n') + 1);
  const { text } = parseLessonText(source, '');
  if (/\{\{\s*[\w-]*$/.test(line)) return variablesOf(beside.yaml);
  if (/^<details id="hint-[\w-]*$/.test(line)) return rest(hintsOf(beside.yaml), usedIn(text, 'hint'));
  if (/^```sh\s*\{.*"terminal"\s*:\s*"[\w-]*$/.test(line)) return terminals;
  if (/^```sh\s*\{.*"name"\s*:\s*"[\w-]*$/.test(line))
    return rest(usedIn(parseLessonText(beside.text, '').text, 'command'), usedIn(text, 'command'));
  if (/^id:\s*[\w-]*$/.test(line) && /```anton-task\s*\n[^`]*$/.test(before))
    return rest(tasksOf(beside.yaml), usedIn(text, 'task'));
  return [];
}

function usedIn({ blocks }: LessonText, kind: 'task' | 'hint' | 'command'): readonly string[] {
  return blocks.flatMap((block) => {
    if (block.kind !== kind) return [];
    return [block.kind === 'task' ? block.id : block.kind === 'hint' ? block.key : block.name];
  });
}

/** Those that are not in the text yet come alone, unless all are. */
function rest(names: readonly string[], used: readonly string[]): readonly string[] {
  const left = names.filter((name) => !used.includes(name));
  return left.length > 0 ? left : names;
}
