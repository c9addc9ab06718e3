import type { Environment } from './profile';

/** Variables by which VS Code steers its own processes. They would change how programs in a terminal behave. */
const internal =
  /^(VSCODE_(?!IPC_HOOK_CLI$|GIT_)|ELECTRON_|APPLICATION_INSIGHTS_|NODE_OPTIONS$|CHROME_DESKTOP$)/;

/** Variables of a terminal that something else runs in, see node-pty's own list. */
const outerTerminal = ['TMUX', 'TMUX_PANE', 'STY', 'WINDOW', 'WINDOWID', 'TERMCAP', 'COLUMNS', 'LINES'];

/**
 * The environment of a terminal: the person's own, without what belongs to the editor's processes, and with what tells
 * programs about the terminal they are in.
 * @param own environment of this process, or of a terminal of VS Code's.
 * @param version VS Code's.
 * @param isTerminals what is named like the editor's own variables is for the programs in a terminal.
 */
export function terminalEnvironment(
  own: Readonly<Record<string, string | undefined>>,
  version: string,
  isTerminals = false,
): Record<string, string> {
  const env: Record<string, string> = {};
  for (const [name, value] of Object.entries(own)) {
    if (value === undefined || outerTerminal.includes(name)) continue;
    if (isTerminals || !internal.test(name)) env[name] = value;
  }
  return {
    ...env,
    // Without a locale programs would print UTF-8 as question marks.
    ...(env['LANG'] === undefined && env['LC_ALL'] === undefined ? { LANG: 'C.UTF-8' } : {}),
    TERM: 'xterm-256color',
    COLORTERM: 'truecolor',
    TERM_PROGRAM: 'vscode',
    TERM_PROGRAM_VERSION: version,
  };
}

/** An environment as a profile wants it: first what it drops goes, then what it adds comes. */
export function dropVariables(
  env: Readonly<Record<string, string>>,
  wanted: Environment | undefined,
): Record<string, string> {
  const patterns = (wanted?.drop ?? []).map(
    (name) => new RegExp(`^${name.split('*').map(escapePattern).join('.*')}$`, 's'),
  );
  const kept = Object.entries(env).filter(([name]) => !patterns.some((pattern) => pattern.test(name)));
  return { ...Object.fromEntries(kept), ...wanted?.add };
}

function escapePattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
