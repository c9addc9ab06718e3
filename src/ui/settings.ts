import * as vscode from 'vscode';
import type { OwnProfile } from '../runtime/ownProfile';
import { readProfileFacts } from '../runtime/profileFacts';
import { defaultProfile } from '../runtime/profiles';
import { setting, type SettingName } from './names';

/** A week, in minutes. */
const longestWait = 7 * 24 * 60;

/** More lines are the terminal's own, but do not come back with it: some 50 MB. */
const mostLines = 50_000;

/** The shell that terminals run: the setting's, else the person's own, else what POSIX has everywhere. */
export function defaultShell(): string {
  const configured = text(setting.shell).trim();
  if (configured !== '') return configured;
  const own = process.env['SHELL'];
  return own === undefined || own === '' ? '/bin/sh' : own;
}

/** The folder to which the results of a class are written and from which they are read; '' for none. */
export function classFolder(): string {
  return text(setting.classFolder).trim();
}

/** What the student wants to be called there; '' for the login. */
export function classStudentName(): string {
  return text(setting.classStudentName).trim();
}

/** The name of the default profile as it was set, which need not be one that exists. */
export function defaultProfileName(): string {
  return text(setting.defaultProfile).trim() || defaultProfile;
}

/** How long terminals wait for their window once it is gone, in seconds. */
export function waitForWindow(): number {
  const minutes = vscode.workspace.getConfiguration().get<unknown>(setting.keepTerminals);
  const usual = 10;
  return 60 * (typeof minutes === 'number' && minutes >= 0 ? Math.min(minutes, longestWait) : usual);
}

/** As many lines above the screen as VS Code keeps of its own terminals. */
export function scrollback(): number {
  const lines = vscode.workspace.getConfiguration().get<unknown>('terminal.integrated.scrollback');
  return typeof lines === 'number' && lines >= 0 ? Math.min(Math.floor(lines), mostLines) : 1000;
}

/** The profiles of anton.profiles. What checks them is loaded here and not before: few people have any. */
export async function ownProfiles(): Promise<readonly OwnProfile[]> {
  const { readProfiles } = await import('../runtime/profileSettings');
  const folder = vscode.workspace.workspaceFolders?.find(({ uri }) => uri.scheme === 'file');
  const value = vscode.workspace.getConfiguration().get<unknown>(setting.profiles);
  return readProfiles(value, readProfileFacts(folder?.uri.fsPath));
}

/** Opens the settings file that has this profile, at its name. */
export async function editProfile(name: string): Promise<void> {
  for (const file of settingsFiles(name)) {
    await vscode.commands.executeCommand(`workbench.action.${file}`, {
      revealSetting: { key: setting.profiles },
    });
    const editor = vscode.window.activeTextEditor;
    const at = editor ? keyIn(editor.document.getText(), name) : undefined;
    if (!editor || at === undefined) continue;
    const place = editor.document.positionAt(at);
    editor.selection = new vscode.Selection(place, place);
    editor.revealRange(editor.selection, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
    return;
  }
}

/** Commands that open the files in which this profile may be; a remote has two for its person, told apart by no API. */
function settingsFiles(name: string): readonly string[] {
  const found = vscode.workspace.getConfiguration().inspect<unknown>(setting.profiles);
  const has = (value: unknown): boolean =>
    typeof value === 'object' && value !== null && Object.hasOwn(value, name);
  if (has(found?.workspaceValue)) return ['openWorkspaceSettingsFile'];
  const remote = vscode.env.remoteName === undefined ? [] : ['openRemoteSettingsFile'];
  return [...remote, 'openSettingsJson'];
}

/** Where a profile's name stands as a key behind that of the setting. */
function keyIn(source: string, name: string): number | undefined {
  const begin = source.indexOf(JSON.stringify(setting.profiles));
  const key = JSON.stringify(name).replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  const at = begin < 0 ? -1 : source.slice(begin).search(new RegExp(`${key}\\s*:`));
  return at < 0 ? undefined : begin + at;
}

function text(name: SettingName): string {
  const value = vscode.workspace.getConfiguration().get<unknown>(name);
  return typeof value === 'string' ? value : '';
}
