import type { Profile } from './profile';
import type { ProfileProblem } from './profileProblems';

/** An entry of the setting anton.profiles: a profile, or what is wrong with it. */
export type OwnProfile = SoundProfile | BrokenProfile;

export interface SoundProfile {
  readonly name: string;
  readonly description: string;
  /** The profile it extends; '' if it begins with nothing. */
  readonly parent: string;
  readonly profile: Profile;
}

export interface BrokenProfile {
  readonly name: string;
  readonly description: string;
  /** At least one. */
  readonly problems: readonly ProfileProblem[];
}

export function isBroken(own: OwnProfile): own is BrokenProfile {
  return 'problems' in own;
}
