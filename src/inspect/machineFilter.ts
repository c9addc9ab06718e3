import type { NamespaceId } from '../kernel/kinds';
import type { MachineIndex } from './machineIndex';
import { knownId } from './machineIndex';
import type { MachineNamespace, MachineProcess } from './snapshot';

/** What a filter leaves of a machine's namespaces. */
export interface Filtered {
  /** Those that match, or hold a process that does. */
  matches(namespace: MachineNamespace): boolean;
  /** Those that match, and those that have such a one under them in the order of ownership. */
  leadsToMatch(namespace: MachineNamespace): boolean;
  /** Whether a process is to be seen: it matches, or the namespace itself does. */
  shows(process: MachineProcess, namespace: MachineNamespace): boolean;
  /** Whether what was found in it are processes, and few enough to be looked at one by one. */
  holdsMatches(namespace: MachineNamespace): boolean;
}

/** So many processes found in a namespace are shown without being asked for. */
const few = 20;

export const everything: Filtered = {
  matches: () => true,
  leadsToMatch: () => true,
  shows: () => true,
  holdsMatches: () => false,
};

/**
 * Every word of the text has to be found: in a namespace's kind, id, command, maker or mark, or in the name or the
 * PIDs of a process in it. Capitals do not matter. A number is a whole one, so that 1 finds process 1 and not 4711, or
 * the beginning of an id.
 * @param markOf what else a namespace is called, such as the name of a terminal.
 */
export function filterMachine(
  index: MachineIndex,
  text: string,
  markOf: (id: NamespaceId) => string,
): Filtered {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return everything;
  const has = (haystack: string): boolean => {
    const lower = haystack.toLowerCase();
    return words.every((word) => (isNumber.test(word) ? hasNumber(lower, word) : lower.includes(word)));
  };
  const { processes, namespaces, own } = index.snapshot;
  const matchingProcesses = new Set(
    processes.filter(({ name, pid, pidChain }) => has(`${name} ${pid} ${pidChain.join(' ')}`)),
  );
  const occupied = new Map<number, number>();
  for (const process of matchingProcesses)
    for (const id of Object.values(process.namespaces)) occupied.set(id, (occupied.get(id) ?? 0) + 1);
  const itself = new Set(
    namespaces.filter(({ kind, id, command, maker }) => {
      // Of the host's namespaces the first command says nothing, and is not shown.
      const [isHost, tool] = [own[kind] === id, `${maker?.tool ?? ''} ${maker?.name ?? ''}`];
      return has(`${kind} ${id} ${isHost ? 'host' : command} ${tool} ${markOf(id)}`);
    }),
  );
  const matches = (namespace: MachineNamespace): boolean =>
    itself.has(namespace) || occupied.has(namespace.id);
  const leading = new Set<MachineNamespace>();
  for (const namespace of namespaces) {
    if (!matches(namespace)) continue;
    const owner = knownId(namespace.owner);
    const from = namespace.kind === 'user' || owner === undefined ? namespace : index.namespace(owner);
    leading.add(namespace);
    if (from?.kind === 'user') for (const each of index.outwards(from)) leading.add(each);
  }
  return {
    matches,
    leadsToMatch: (namespace) => leading.has(namespace),
    shows: (process, namespace) => itself.has(namespace) || matchingProcesses.has(process),
    holdsMatches: (namespace) => !itself.has(namespace) && (occupied.get(namespace.id) ?? few + 1) <= few,
  };
}

const isNumber = /^\d+$/;

/** So many digits say which id is meant. */
const enoughOfId = 5;

function hasNumber(text: string, number: string): boolean {
  return text
    .split(/\D+/)
    .some((each) => each === number || (number.length >= enoughOfId && each.startsWith(number)));
}
