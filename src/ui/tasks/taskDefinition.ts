import * as path from 'node:path';
import { t } from '../language';
import { BadRequest } from '../reporter';

/** What a task of the type `anton` runs. */
export interface AntonTask {
  readonly command: readonly string[];
  readonly profile: string | undefined;
  readonly cwd: string;
}

/**
 * A definition of tasks.json, its variables replaced by VS Code.
 * @param folder where a relative directory begins, and where the task runs without one.
 * @throws BadRequest that says which part is wrong.
 */
export function readTask(definition: Readonly<Record<string, unknown>>, folder: string): AntonTask {
  const { command, args = [], profile, cwd = '' } = definition;
  if (!isText(command) || command === '')
    throw new BadRequest(t('The command of the task has to be a program, not {0}.', JSON.stringify(command)));
  if (!Array.isArray(args) || !args.every(isText))
    throw new BadRequest(
      t('The args of the task have to be a list of texts, not {0}.', JSON.stringify(args)),
    );
  if (profile !== undefined && !isText(profile))
    throw new BadRequest(
      t('The profile of the task has to be the name of one, not {0}.', JSON.stringify(profile)),
    );
  if (!isText(cwd))
    throw new BadRequest(t('The cwd of the task has to be a directory, not {0}.', JSON.stringify(cwd)));
  return { command: [command, ...args], profile, cwd: path.resolve(folder, cwd) };
}

/** No text that reaches the kernel may hold a NUL. */
function isText(value: unknown): value is string {
  return typeof value === 'string' && !value.includes('\0');
}
