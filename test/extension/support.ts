import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { AntonApi, Terminal } from '../../src/api';

/** The API of the extension under test. */
export async function activateAnton(): Promise<AntonApi> {
  const extension = vscode.extensions.getExtension<AntonApi>('anton-runtime.anton');
  assert.ok(extension, 'the extension is installed');
  return extension.activate();
}

/** Polls until a condition holds; fails with the words for it. */
export async function until(what: string, done: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 20_000;
  while (!(await done())) {
    if (Date.now() > deadline) assert.fail(`waited in vain until ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Runs a command of Anton's and returns the terminal that it opened. */
export async function opened(api: AntonApi, run: () => Thenable<unknown>): Promise<Terminal> {
  const before = new Set(api.terminals().map(({ id }) => id));
  await run();
  await until('a terminal runs', () => api.terminals().some(({ id }) => !before.has(id)));
  const terminal = api.terminals().find(({ id }) => !before.has(id));
  assert.ok(terminal);
  return terminal;
}

/** The terminals that a person sees: one that Anton reads the environment from is hidden, and comes and goes. */
export function shownTerminals(): readonly vscode.Terminal[] {
  const hidden = ({ creationOptions }: vscode.Terminal): boolean =>
    'hideFromUser' in creationOptions && creationOptions.hideFromUser;
  return vscode.window.terminals.filter((terminal) => !hidden(terminal));
}

/** Ends every terminal, and waits until VS Code has closed them too. */
export async function closeAll(api: AntonApi): Promise<void> {
  for (const terminal of shownTerminals()) terminal.dispose();
  await until(
    'all terminals are closed',
    () => shownTerminals().length === 0 && api.terminals().length === 0,
  );
}
