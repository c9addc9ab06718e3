import * as fs from 'node:fs';
import * as path from 'node:path';
import { onHost, resolveInRoot } from './insideRoot';

/** VS Code's own shell integration: scripts by which a shell marks its prompts and commands with OSC 633. */
export interface ShellIntegration {
  /** Folder of the scripts, an absolute path on the host. */
  readonly scripts: string;
  /** VS Code trusts the command lines that come with it. */
  readonly nonce: string;
}

/** The script for each shell that VS Code has one for. */
const scriptOf: Readonly<Record<string, string>> = {
  bash: 'shellIntegration-bash.sh',
  zsh: 'shellIntegration-rc.zsh',
  fish: 'shellIntegration.fish',
};

/**
 * The variables by which Anton's start-up files find VS Code's script, and the script its nonce; none if the shell has
 * no script, or if the script is not there for whoever has this root directory.
 */
export function integrationVariables(
  shell: string,
  integration: ShellIntegration | undefined,
  root: string,
): Readonly<Record<string, string>> {
  const name = scriptOf[path.basename(shell)];
  if (!integration || name === undefined) return {};
  const script = path.join(integration.scripts, name);
  if (!fs.existsSync(root === '/' ? script : onHost(root, resolveInRoot(root, script)))) return {};
  // '0' would turn on what VS Code tries in its Insiders edition only.
  return { ANTON_INTEGRATION: script, VSCODE_NONCE: integration.nonce, VSCODE_STABLE: '1' };
}
