import * as fs from 'node:fs';
import * as os from 'node:os';
import { capabilityMask } from '../kernel/capabilities';
import type { Places } from './expandPath';
import type { Clocks } from './profileRules';

/** What a profile depends on beside its definition. */
export interface ProfileFacts extends Places {
  /** See checkProfile(). */
  readonly privileged: boolean;
  readonly clocks?: Clocks;
}

/** What this process and this machine are. @param workspaceFolder the one that is open, if any. */
export function readProfileFacts(workspaceFolder: string | undefined): ProfileFacts {
  const clocks = readClocks();
  return {
    userHome: os.homedir(),
    workspaceFolder,
    env: process.env,
    privileged: isPrivileged(),
    ...(clocks ? { clocks } : {}),
  };
}

/** Root in a container is often without CAP_SYS_ADMIN, so the uid does not tell. */
function isPrivileged(): boolean {
  const effective = /^CapEff:\s*([0-9a-f]+)$/m.exec(readText('/proc/self/status'))?.[1];
  return effective !== undefined && (BigInt(`0x${effective}`) & capabilityMask(['CAP_SYS_ADMIN'])) !== 0n;
}

/** Node's hrtime is CLOCK_MONOTONIC, and /proc/uptime the boot-time clock (proc_uptime(5)). */
function readClocks(): Clocks | undefined {
  const boottime = Number.parseFloat(readText('/proc/uptime'));
  if (Number.isNaN(boottime)) return undefined;
  return { monotonic: Number(process.hrtime.bigint() / 1_000_000_000n), boottime };
}

function readText(file: string): string {
  try {
    return fs.readFileSync(file, 'latin1');
  } catch {
    return '';
  }
}
