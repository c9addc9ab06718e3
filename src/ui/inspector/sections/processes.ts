import type { Ancestor } from '../../../inspect/ancestors';
import { mostProcesses, type TerminalSnapshot } from '../../../inspect/terminalSnapshot';
import { harmless } from '../../../kernel/harmless';
import { counted, type Translate } from '../../translate';
import { describeProc, hasTwoPids, ownsPids } from '../../words/processes';
import type { ProcessesModel, ProcessRow } from '../protocol';

/** The processes, outside and inside, and which of both sides `ps` lists inside. */
export function processesSection(snapshot: TerminalSnapshot, t: Translate): ProcessesModel {
  const ownPids = ownsPids(snapshot);
  const twoPids = snapshot.processes.some((process) => hasTwoPids(process, ownPids));
  const ancestors: number[] = [];
  const rows = snapshot.processes.map((process): ProcessRow => {
    const parent = process.depth === 0 ? undefined : ancestors[process.depth - 1];
    ancestors[process.depth] = process.pid;
    const name = harmless(process.name);
    return {
      pid: process.pid,
      inside: String(process.pidInside),
      outside: String(process.pid),
      name,
      depth: process.depth,
      under: parent === undefined ? '' : t('child of {0}', String(parent)),
      copyLabel: t('Copy {0}, PID of {1} outside', String(process.pid), name),
    };
  });
  const notes = [
    twoPids ? '' : t("The PID namespace is the host's: every process has one number."),
    twoPids ? describeProc(snapshot.proc, t) : '',
    rows.length < mostProcesses
      ? ''
      : counted(
          t,
          mostProcesses,
          'Only the first process is shown.',
          'Only the first {0} processes are shown.',
        ),
  ];
  return {
    heading: t('Processes'),
    columns: {
      inside: t('Inside'),
      outside: twoPids ? t('Outside') : t('PID'),
      name: t('Name'),
      seen: t('what ps lists'),
    },
    twoPids,
    note: notes.filter(Boolean).join(' '),
    seen: seenBy(snapshot, twoPids),
    above: outermostAndNearest(snapshot.ancestors).map(({ pid, name }) => ({
      outside: pid === 0 ? '' : String(pid),
      name: harmless(name),
    })),
    rows,
  };
}

function seenBy({ proc }: TerminalSnapshot, twoPids: boolean): ProcessesModel['seen'] {
  if (proc === undefined || proc === 'none' || !twoPids) return '';
  return proc === 'host' ? 'outside' : 'inside';
}

/** The first of all processes and the nearest two; what is between is three dots. */
function outermostAndNearest(ancestors: readonly Ancestor[]): readonly Ancestor[] {
  const [first] = ancestors;
  if (!first || ancestors.length <= 3) return ancestors;
  return [first, { pid: 0, name: '…' }, ...ancestors.slice(-2)];
}
