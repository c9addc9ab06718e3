import * as vscode from 'vscode';
import { checkMachine, type MachineReport, type ProbeRuntime } from '../runtime/checkMachine';
import type { Profile } from '../runtime/profile';
import { builtInProfiles } from '../runtime/profiles';
import { rungIds, type RungId } from '../runtime/rungs';
import { t } from './language';
import { profileNamed } from './opener';
import { defaultProfileName } from './settings';
import { rungName } from './words/machine';

/** Checks the machine with a runtime of its own, so that its attempts are nobody's terminals. */
export class MachineChecker {
  private running: Promise<MachineReport | undefined> | undefined;

  constructor(private readonly makeRuntime: () => ProbeRuntime) {}

  /** Undefined if the person cancelled it. Whoever asks while it runs gets the same answer. */
  check(
    progress?: vscode.Progress<{ message?: string; increment?: number }>,
    token?: vscode.CancellationToken,
  ): Promise<MachineReport | undefined> {
    this.running ??= this.run(progress, token).finally(() => (this.running = undefined));
    return this.running;
  }

  private async run(
    progress?: vscode.Progress<{ message?: string; increment?: number }>,
    token?: vscode.CancellationToken,
  ): Promise<MachineReport | undefined> {
    const abort = new AbortController();
    const cancelled = token?.onCancellationRequested(() => abort.abort());
    const profiles = await profilesToTry();
    const increment = 100 / (rungIds.length + profiles.length);
    try {
      return await checkMachine(this.makeRuntime, {
        profiles,
        signal: abort.signal,
        progress: (what) => progress?.report({ message: nameOf(what), increment }),
      });
    } catch (error) {
      if (abort.signal.aborted) return undefined;
      throw error;
    } finally {
      cancelled?.dispose();
    }
  }
}

/** Anton's own, and the default one if it is the person's; a broken one is told where a terminal is opened. */
async function profilesToTry(): Promise<readonly Profile[]> {
  const all = Object.values<Profile>(builtInProfiles);
  const chosen = await profileNamed(defaultProfileName()).catch(() => undefined);
  return chosen && !all.some(({ name }) => name === chosen.name) ? [...all, chosen] : all;
}

function nameOf(what: string): string {
  const id = rungIds.find((each) => each === what);
  return id === undefined ? what : rungName(id satisfies RungId, t);
}
