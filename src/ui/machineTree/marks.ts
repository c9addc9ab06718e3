import type { MachineIndex } from '../../inspect/machineIndex';
import type { NamespaceId } from '../../kernel/kinds';
import type { TerminalInfo } from '../../runtime/runtime';

/** The names of the terminals that are in each namespace which is not the host's. */
export function machineMarks(
  terminals: readonly Pick<TerminalInfo, 'name' | 'pid'>[],
  index: MachineIndex,
): ReadonlyMap<NamespaceId, string> {
  const marks = new Map<NamespaceId, string>();
  for (const { name, pid } of terminals) {
    const ids = index.process(pid)?.namespaces ?? {};
    for (const id of Object.values(ids)) {
      if (Object.values(index.snapshot.own).includes(id)) continue;
      const before = marks.get(id);
      marks.set(id, before === undefined ? name : `${before}, ${name}`);
    }
  }
  return marks;
}
