import * as vscode from 'vscode';
import { defaultProfile } from '../runtime/profiles';
import { setting, type SettingName } from './names';

/** The shell that terminals run: the setting's, else the person's own, else what POSIX has everywhere. */
export function defaultShell(): string {
  const configured = text(setting.shell).trim();
  if (configured !== '') return configured;
  const own = process.env['SHELL'];
  return own === undefined || own === '' ? '/bin/sh' : own;
}

/** The name of the default profile as it was set, which need not be one that exists. */
export function defaultProfileName(): string {
  return text(setting.defaultProfile).trim() || defaultProfile;
}

function text(name: SettingName): string {
  const value = vscode.workspace.getConfiguration().get<unknown>(name);
  return typeof value === 'string' ? value : '';
}
