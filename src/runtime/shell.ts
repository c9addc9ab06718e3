import * as path from 'node:path';

/** How a shell is started: the arguments behind its name, and the variables it needs beside the person's own. */
export interface ShellStart {
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

export const prompt = 'anton> ';

/**
 * Starts a shell so that its prompt is `anton> `, whatever its start-up files set, and so that these files still run.
 * @param scripts folder of Anton's start-up files (media/shell).
 * @param env the environment the shell will get; a person's own ENV and ZDOTDIR are handed on.
 */
export function startShell(
  shell: string,
  scripts: string,
  env: Readonly<Record<string, string | undefined>>,
): ShellStart {
  switch (path.basename(shell)) {
    case 'bash':
      return { args: ['--rcfile', path.join(scripts, 'bashrc')], env: {} };
    case 'zsh':
      // zsh reads its start-up files from ZDOTDIR; ours set it back before they run the person's.
      return {
        args: [],
        env: {
          ZDOTDIR: path.join(scripts, 'zsh'),
          ANTON_ZSH: path.join(scripts, 'zsh'),
          ...(env['ZDOTDIR'] === undefined ? {} : { ANTON_ZDOTDIR: env['ZDOTDIR'] }),
        },
      };
    case 'fish':
      // Run after the person's configuration (fish(1), --init-command).
      return {
        args: ['--init-command', `source ${quoteForFish(path.join(scripts, 'prompt.fish'))}`],
        env: {},
      };
    case 'sh':
    case 'dash':
    case 'ash':
    case 'ksh':
    case 'mksh':
      // An interactive shell reads the file that ENV names (POSIX.1-2024, XCU section 2.5.3). PS1 in the environment
      // would be the prompt of every shell inside as well: dash cannot take it back.
      return { args: [], env: startWithEnv(scripts, env) };
    default:
      // Others take ENV or PS1, or nothing.
      return { args: [], env: { PS1: prompt, ...startWithEnv(scripts, env) } };
  }
}

/** Where there are no start-up files of Anton's: a prompt that the person's own may change. */
export function startBareShell(): ShellStart {
  return { args: [], env: { PS1: prompt } };
}

function startWithEnv(
  scripts: string,
  env: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  return {
    ENV: path.join(scripts, 'shrc'),
    ...(env['ENV'] === undefined ? {} : { ANTON_ENV: env['ENV'] }),
  };
}

function quoteForFish(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`;
}
