import * as os from 'node:os';
import * as path from 'node:path';
import * as vscode from 'vscode';
import type { JoinProcess, OpenTerminalOptions } from '../api';
import { type NamespaceKind, namespaceKinds } from '../kernel/kinds';
import { isBroken } from '../runtime/ownProfile';
import type { Profile } from '../runtime/profile';
import { builtInProfiles, isProfileName, profileNames } from '../runtime/profiles';
import type { Runtime, TerminalInfo } from '../runtime/runtime';
import { t } from './language';
import { BadRequest } from './reporter';
import { defaultProfileName, ownProfiles } from './settings';
import type { JoinedProcess, Terminals } from './terminals';
import { describeProblem } from './words/profileRules';

/** Turns what people and programs ask for into terminals: checks names, and asks where something is open. */
export class Opener {
  constructor(
    private readonly runtime: Runtime,
    private readonly terminals: Terminals,
  ) {}

  /** Opens a terminal as told, asking nothing. @throws Failure, BadRequest */
  async openQuietly(options: OpenTerminalOptions, preserveFocus = false): Promise<TerminalInfo> {
    const join = options.join === undefined ? undefined : this.joined(options.join);
    const terminal = join && 'id' in join ? join : undefined;
    const usual = join ? 'plain' : defaultProfileName();
    const command = options.command === undefined ? undefined : checkCommand(options.command);
    const anton = await this.terminals.open({
      profile: terminal?.profile ?? (await profileNamed(options.profile ?? usual)),
      cwd: options.cwd === undefined ? (terminal?.cwd ?? firstFolder()) : checkFolder(options.cwd),
      ...(command ? { command } : {}),
      ...(join ? { join } : {}),
      preserveFocus,
    });
    return anton.opened;
  }

  /** The terminal profile of VS Code's own drop-down. */
  async terminalProfile(): Promise<vscode.TerminalProfile | undefined> {
    const cwd = await askFolder();
    if (cwd === undefined) return undefined;
    return this.terminals.profile({ profile: await profileNamed(defaultProfileName()), cwd });
  }

  private joined(join: number | JoinProcess): TerminalInfo | JoinedProcess {
    return typeof join === 'number' ? this.running(join) : checkProcess(join);
  }

  /** @throws BadRequest if no terminal with the id runs. */
  running(id: unknown): TerminalInfo {
    const info = this.runtime.list().find((each) => each.id === id);
    if (!info) throw new BadRequest(t('There is no running terminal with the id {0}.', JSON.stringify(id)));
    return info;
  }
}

/** The start directory: the workspace folder, asked for when there are several. Undefined: the person cancelled. */
export async function askFolder(): Promise<string | undefined> {
  if (localFolders().length < 2) return firstFolder();
  const picked = await vscode.window.showWorkspaceFolderPick({
    placeHolder: t('Choose the folder in which the terminal starts'),
  });
  return picked?.uri.fsPath;
}

export function firstFolder(): string {
  return localFolders()[0] ?? os.homedir();
}

function localFolders(): string[] {
  const folders = vscode.workspace.workspaceFolders ?? [];
  return folders.filter(({ uri }) => uri.scheme === 'file').map(({ uri }) => uri.fsPath);
}

/**
 * A profile of Anton's or of anton.profiles, whose parts fit together.
 * @throws BadRequest with the reason, if there is none of that name, or if something in it is wrong.
 */
export async function profileNamed(name: unknown): Promise<Profile> {
  if (typeof name === 'string' && isProfileName(name)) return builtInProfiles[name];
  const own = await ownProfiles();
  const found = own.find((each) => each.name === name);
  if (!found)
    throw new BadRequest(
      t(
        'There is no profile {0}. The profiles are: {1}.',
        JSON.stringify(name),
        [...profileNames, ...own.map((each) => each.name)].join(', '),
      ),
    );
  if (!isBroken(found)) return found.profile;
  const problems = found.problems.map((problem) => describeProblem(problem, t));
  throw new BadRequest(t('The profile {0} cannot be used. {1}', JSON.stringify(name), problems.join('; ')));
}

/** What another extension passes may be anything. @throws BadRequest */
export function checkProcess(join: unknown): JoinedProcess {
  const { pid, kinds } = typeof join === 'object' && join !== null ? (join as Record<string, unknown>) : {};
  if (typeof pid !== 'number' || !Number.isSafeInteger(pid) || pid <= 0)
    throw new BadRequest(
      t(
        'What to join has to be the id of a terminal or the PID of a process, not {0}.',
        JSON.stringify(join),
      ),
    );
  if (kinds === undefined) return { pid };
  const known = Array.isArray(kinds) ? namespaceKinds.filter((kind) => kinds.includes(kind)) : [];
  if (
    Array.isArray(kinds) &&
    known.length > 0 &&
    kinds.every((kind) => known.includes(kind as NamespaceKind))
  )
    return { pid, kinds: known };
  throw new BadRequest(
    t(
      'The kinds of namespaces to join have to be one or more of {0}, not {1}.',
      namespaceKinds.join(', '),
      JSON.stringify(kinds),
    ),
  );
}

export function checkFolder(cwd: unknown): string {
  const folder = cwd instanceof vscode.Uri && cwd.scheme === 'file' ? cwd.fsPath : cwd;
  if (typeof folder === 'string' && path.isAbsolute(folder)) return folder;
  throw new BadRequest(t('The start directory has to be an absolute path, not {0}.', JSON.stringify(cwd)));
}

export function checkCommand(command: unknown): readonly string[] {
  const isText = (part: unknown): boolean => typeof part === 'string' && !part.includes('\0');
  if (Array.isArray(command) && command.length > 0 && command[0] !== '' && command.every(isText)) {
    return command as string[];
  }
  throw new BadRequest(
    t('The command has to be a list of texts, program first, not {0}.', JSON.stringify(command)),
  );
}
