import { isBroken, type OwnProfile } from '../../runtime/ownProfile';
import type { NamespaceKind } from '../../kernel/kinds';
import { builtInProfiles, type ProfileName } from '../../runtime/profiles';
import type { Translate } from '../translate';
import { describeProblem } from './profileRules';

/** A line of a list. */
export interface ProfileWords {
  readonly description: string;
  readonly detail: string;
}

/**
 * A profile of Anton's in a list: which namespaces it makes, and in one line what that means.
 * @param standard the name of the default profile.
 */
export function describeProfile(name: ProfileName, standard: string, t: Translate): ProfileWords {
  return {
    description: withDefault(describeKinds(builtInProfiles[name].namespaces, t), name === standard, t),
    detail: details(t)[name],
  };
}

/** A person's own profile in a list: what they say of it, or what is wrong with it. */
export function describeOwnProfile(own: OwnProfile, standard: string, t: Translate): ProfileWords {
  const isDefault = own.name === standard;
  if (isBroken(own)) {
    const problems = own.problems.map((problem) => describeProblem(problem, t)).join('; ');
    return { description: withDefault(t('cannot be used'), isDefault, t), detail: problems };
  }
  const extending = own.parent === '' ? '' : t('Extends {0}.', own.parent);
  return {
    description: withDefault(describeKinds(own.profile.namespaces, t), isDefault, t),
    detail: own.description === '' ? extending : own.description,
  };
}

function withDefault(text: string, isDefault: boolean, t: Translate): string {
  return isDefault ? t('{0} (default)', text) : text;
}

function describeKinds(namespaces: readonly NamespaceKind[], t: Translate): string {
  return namespaces.length === 0 ? t('no namespaces of its own') : namespaces.join(' + ');
}

function details(t: Translate): Readonly<Record<ProfileName, string>> {
  return {
    plain: t('Isolates nothing: an ordinary shell with the prompt anton>, to compare with.'),
    user: t('Own users, but no mapping yet: whoami says nobody.'),
    root: t('Own users: root inside, yourself outside.'),
    pid: t('And own process numbers: the shell is process 1, but ps still lists the host.'),
    anton: t('And own mounts, /proc, hostname and IPC: ps lists only what is inside.'),
    all: t('All eight kinds: also its own network (lo only), cgroup root and clocks.'),
  };
}
