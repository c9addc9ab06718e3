import type { MachineIndex } from './machineIndex';
import type { MachineNamespace, MachineProcess } from './snapshot';
import { mostProcesses, type ProcessFact } from './terminalSnapshot';

/** A process and its descendants, parents before children; not more than can be looked at. */
export function subtree(pid: number, machine: MachineIndex): readonly ProcessFact[] {
  return processesBelow(pid, machine, false);
}

/** As `subtree`, without the process itself if that is only a guard. */
export function processesBelow(pid: number, machine: MachineIndex, isGuard: boolean): readonly ProcessFact[] {
  const first = machine.process(pid);
  return first ? walk(isGuard ? machine.children(pid) : [first], machine, () => true) : [];
}

/** The processes of a namespace, each under its parent where that is in it, too. */
export function membersOf(namespace: MachineNamespace, machine: MachineIndex): readonly ProcessFact[] {
  const members = new Set(machine.members(namespace));
  const tops = [...members].filter(({ parent }) => {
    const process = machine.process(parent);
    return !process || !members.has(process);
  });
  return walk(tops, machine, (process) => members.has(process));
}

function walk(
  tops: readonly MachineProcess[],
  machine: MachineIndex,
  isWanted: (process: MachineProcess) => boolean,
): readonly ProcessFact[] {
  const facts: ProcessFact[] = [];
  const waiting = [...tops].reverse().map((process) => ({ process, depth: 0 }));
  for (let next = waiting.pop(); next && facts.length < mostProcesses; next = waiting.pop()) {
    const { process, depth } = next;
    const { pid, pidChain, name } = process;
    facts.push({ pid, pidInside: pidChain.at(-1) ?? pid, name, depth });
    const children = machine.children(pid).filter(isWanted);
    for (const child of [...children].reverse()) waiting.push({ process: child, depth: depth + 1 });
  }
  return facts;
}
