import type { ProcessFact, TerminalSnapshot } from '../../inspect/terminalSnapshot';
import { harmless } from '../../kernel/harmless';
import type { TerminalInfo } from '../../runtime/runtime';
import type { Translate } from '../translate';

/** Whether a process has a PID inside that differs in meaning from the one outside. */
export function hasTwoPids(process: ProcessFact, ownPids: boolean): boolean {
  return ownPids || process.pidInside !== process.pid;
}

/** `1 = 25435 bash`, or `25435 bash` where inside and outside count alike. */
export function labelProcess(process: ProcessFact, ownPids: boolean): string {
  const pids = hasTwoPids(process, ownPids) ? `${process.pidInside} = ${process.pid}` : `${process.pid}`;
  return `${pids} ${harmless(process.name)}`;
}

/** The same for a screen reader. */
export function speakProcess(process: ProcessFact, ownPids: boolean, t: Translate): string {
  const name = harmless(process.name);
  return hasTwoPids(process, ownPids)
    ? t('{0}, process {1} inside, {2} outside', name, String(process.pidInside), String(process.pid))
    : t('{0}, process {1}', name, String(process.pid));
}

export function ownsPids(snapshot: TerminalSnapshot | undefined): boolean {
  return snapshot?.namespaces.some(({ kind, own }) => kind === 'pid' && own) ?? false;
}

/** The terminal's first process; undefined while it has not been read. */
export function firstProcess(
  info: TerminalInfo,
  snapshot: TerminalSnapshot | undefined,
): ProcessFact | undefined {
  return snapshot?.processes.find(({ pid }) => pid === info.pid) ?? snapshot?.processes[0];
}

/** What `ps` shows to those inside, in a PID namespace of its own, and why. Source: pid_namespaces(7), "/proc". */
export function describeProc(proc: TerminalSnapshot['proc'], t: Translate): string {
  switch (proc) {
    case 'host':
      return t(
        "ps inside reads the host's /proc, so it lists the host's processes by their numbers outside.",
      );
    case 'inside':
      return t('ps inside reads a /proc that was mounted in here, so it lists only what is in here.');
    case 'none':
      return t('There is no /proc inside, so ps lists nothing.');
    case undefined:
      return '';
  }
}
