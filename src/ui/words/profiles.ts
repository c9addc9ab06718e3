import { builtInProfiles, defaultProfile, type ProfileName } from '../../runtime/profiles';
import type { Translate } from '../translate';

/** A profile in a list: which namespaces it makes, and in one line what that means. */
export function describeProfile(name: ProfileName, t: Translate): { description: string; detail: string } {
  const { namespaces } = builtInProfiles[name];
  const kinds = namespaces.length === 0 ? t('no namespaces of its own') : namespaces.join(' + ');
  return {
    description: name === defaultProfile ? t('{0} (default)', kinds) : kinds,
    detail: details(t)[name],
  };
}

function details(t: Translate): Readonly<Record<ProfileName, string>> {
  return {
    plain: t('Isolates nothing: an ordinary shell with the prompt anton>, to compare with.'),
    user: t('Own users, but no mapping yet: whoami says nobody.'),
    root: t('Own users: root inside, yourself outside.'),
    pid: t('And own process numbers: the shell is process 1, but ps still lists the host.'),
    anton: t('And own mounts, /proc, hostname and IPC: ps lists only what is inside.'),
  };
}
