import { hasCapability } from '../kernel/capabilities';
import { Failure } from '../kernel/failure';
import { readIdMap, readNamespaces, readSetgroups, readStatus } from '../kernel/proc';
import { readStat, type ProcessIdentity } from '../kernel/processStat';
import { writeMapFile } from './mapFile';
import { brokenRules, type MapSituation } from './mapRules';
import type { MapsWritten, MapWrite, StepRecord } from './runtime';

/**
 * Writes to the map files of a process that runs, in the order given, until a write is refused.
 * @param since what the steps' times count from, in nanoseconds of process.hrtime.
 * @throws Failure (ESRCH) if it is gone.
 */
export function writeMaps(
  { pid, startTime }: ProcessIdentity,
  writes: readonly MapWrite[],
  since: bigint,
): MapsWritten {
  const steps: StepRecord[] = [];
  for (const write of writes) {
    const situation = readSituation(pid);
    const step = writeMapFile(pid, write, since, () => readStat(pid)?.startTime === startTime);
    if (step.code === 'ENOENT' || step.code === 'ESRCH') throw gone();
    steps.push(step);
    if (step.code !== '') {
      const rules = step.code === 'EACCES' ? [] : brokenRules(write.file, write.text, situation);
      return { steps, refused: { write, code: step.code, rules } };
    }
  }
  return { steps };
}

function gone(): Failure {
  return new Failure({ step: 'write_id_maps', code: 'ESRCH' });
}

function readSituation(pid: number): MapSituation {
  const own = readStatus(process.pid);
  return {
    own: readNamespaces(pid).user !== readNamespaces('self').user,
    uidMap: readIdMap(pid, 'uid_map') ?? [],
    gidMap: readIdMap(pid, 'gid_map') ?? [],
    setgroups: readSetgroups(pid),
    writer: {
      uid: own?.uid ?? -1,
      gid: own?.gid ?? -1,
      mayMapUsers: hasCapability(own?.capabilities ?? 0n, 'CAP_SETUID'),
      mayMapGroups: hasCapability(own?.capabilities ?? 0n, 'CAP_SETGID'),
      uidMap: readIdMap('self', 'uid_map') ?? [],
      gidMap: readIdMap('self', 'gid_map') ?? [],
    },
  };
}
