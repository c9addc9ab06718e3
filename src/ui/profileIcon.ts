import * as vscode from 'vscode';
import type { Profile } from '../runtime/profile';

type Look = Pick<Profile, 'icon' | 'color'>;

/** By what a profile is told apart in lists. */
export function profileIcon({ icon, color }: Look): vscode.ThemeIcon {
  return new vscode.ThemeIcon(icon ?? 'package', color && new vscode.ThemeColor(color));
}

/** And by what its terminals are, in their tabs. */
export function profileLook(look: Look): Pick<vscode.ExtensionTerminalOptions, 'iconPath' | 'color'> {
  const iconPath = profileIcon(look);
  return { iconPath, ...(iconPath.color && { color: iconPath.color }) };
}
