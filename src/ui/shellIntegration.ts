import { randomUUID } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import * as vscode from 'vscode';
import type { OpenRequest } from '../runtime/runtime';
import type { ShellIntegration } from '../runtime/shellIntegration';

/** Where VS Code keeps the scripts of its shell integration, below the folder of its application. */
const scripts = ['out', 'vs', 'workbench', 'contrib', 'terminal', 'common', 'scripts'];

/** Since VS Code 1.104 (August 2025); older ones do not look at it. Anton's oldest types do not know it. */
interface WithNonce {
  readonly shellIntegrationNonce?: string;
}

/**
 * VS Code's shell integration for one terminal, unless a person has turned it off or the scripts are not there. VS Code
 * puts them into terminals of its own only, but understands their marks in all.
 */
export function shellIntegration(): Pick<OpenRequest, 'shellIntegration'> {
  const folder = path.join(vscode.env.appRoot, ...scripts);
  const isEnabled = vscode.workspace
    .getConfiguration('terminal.integrated.shellIntegration')
    .get<unknown>('enabled', true);
  if (isEnabled === false || !fs.existsSync(folder)) return {};
  return { shellIntegration: { scripts: folder, nonce: randomUUID() } };
}

/** Tells VS Code which nonce to expect. */
export function withNonce(
  integration: ShellIntegration | undefined,
  options: vscode.ExtensionTerminalOptions,
): vscode.ExtensionTerminalOptions & WithNonce {
  return integration ? { ...options, shellIntegrationNonce: integration.nonce } : options;
}
