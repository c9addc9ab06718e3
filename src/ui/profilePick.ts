import * as vscode from 'vscode';
import { isBroken, type OwnProfile } from '../runtime/ownProfile';
import { builtInProfiles, profileNames } from '../runtime/profiles';
import { t } from './language';
import { profileIcon } from './profileIcon';
import { defaultProfileName, editProfile, ownProfiles } from './settings';
import { describeOwnProfile, describeProfile } from './words/profiles';

interface Item extends vscode.QuickPickItem {
  readonly own?: OwnProfile;
}

/** Asks for a profile: Anton's first, then those of anton.profiles. Picking a broken one opens the settings there. */
export async function pickProfile(title: string, placeHolder: string): Promise<string | undefined> {
  const picked = await vscode.window.showQuickPick(items(), {
    title,
    placeHolder,
    matchOnDescription: true,
    matchOnDetail: true,
  });
  if (!picked) return undefined;
  if (!picked.own || !isBroken(picked.own)) return picked.label;
  await editProfile(picked.own.name);
  return undefined;
}

async function items(): Promise<Item[]> {
  const standard = defaultProfileName();
  const own = await ownProfiles();
  const separator = { label: t('Your own'), kind: vscode.QuickPickItemKind.Separator };
  return [
    ...profileNames.map((name) => ({
      label: name,
      iconPath: profileIcon(builtInProfiles[name]),
      ...describeProfile(name, standard, t),
    })),
    ...(own.length === 0 ? [] : [separator]),
    ...own.map((each) => ({
      label: each.name === '' ? 'anton.profiles' : each.name,
      own: each,
      ...describeOwnProfile(each, standard, t),
      iconPath: isBroken(each) ? new vscode.ThemeIcon('warning') : profileIcon(each.profile),
    })),
  ];
}
