import type { NamespaceId, NamespaceKind } from '../kernel/kinds';
import type { MachineNamespace, MachineProcess, MachineSnapshot } from './snapshot';

/** Finds its way in a snapshot: what is in, under and owned by what. Each table is made when it is first asked for. */
export class MachineIndex {
  private byId: Map<NamespaceId, MachineNamespace> | undefined;
  private byPid: Map<number, MachineProcess> | undefined;
  private nestedIn: Map<NamespaceId, MachineNamespace[]> | undefined;
  private ownedBy: Map<NamespaceId, MachineNamespace[]> | undefined;
  private childrenOf: Map<number, MachineProcess[]> | undefined;
  private readonly inside = new Map<NamespaceKind, Map<NamespaceId, MachineProcess[]>>();

  constructor(readonly snapshot: MachineSnapshot) {}

  namespace(id: NamespaceId): MachineNamespace | undefined {
    this.byId ??= new Map(this.snapshot.namespaces.map((each) => [each.id, each]));
    return this.byId.get(id);
  }

  process(pid: number): MachineProcess | undefined {
    this.byPid ??= new Map(this.snapshot.processes.map((each) => [each.pid, each]));
    return this.byPid.get(pid);
  }

  ofKind(kind: NamespaceKind): readonly MachineNamespace[] {
    return this.snapshot.namespaces.filter((each) => each.kind === kind);
  }

  /** The processes whose first thread is in a namespace, by ascending PID. */
  members({ kind, id }: MachineNamespace): readonly MachineProcess[] {
    let ofKind = this.inside.get(kind);
    if (!ofKind) {
      ofKind = groupBy(this.snapshot.processes, ({ namespaces }) => namespaces[kind]);
      this.inside.set(kind, ofKind);
    }
    return ofKind.get(id) ?? [];
  }

  children(pid: number): readonly MachineProcess[] {
    this.childrenOf ??= groupBy(this.snapshot.processes, ({ parent }) => parent);
    return this.childrenOf.get(pid) ?? [];
  }

  /** The user or PID namespaces that were made in this one. */
  nested({ id }: MachineNamespace): readonly MachineNamespace[] {
    this.nestedIn ??= groupBy(this.snapshot.namespaces, ({ parent }) => knownId(parent));
    return this.nestedIn.get(id) ?? [];
  }

  /** The namespaces of other kinds that belong to this user namespace. */
  owned({ id }: MachineNamespace): readonly MachineNamespace[] {
    this.ownedBy ??= groupBy(this.snapshot.namespaces, ({ kind, owner }) =>
      kind === 'user' ? undefined : knownId(owner),
    );
    return this.ownedBy.get(id) ?? [];
  }

  /** The user namespaces above all the others that can be seen. */
  topUserNamespaces(): readonly MachineNamespace[] {
    return this.ofKind('user').filter(({ parent }) => {
      const id = knownId(parent);
      return id === undefined || !this.namespace(id);
    });
  }

  /** Namespaces of other kinds than user whose owner cannot be seen. */
  withoutOwner(): readonly MachineNamespace[] {
    return this.snapshot.namespaces.filter(({ kind, owner }) => {
      const id = knownId(owner);
      return kind !== 'user' && (id === undefined || !this.namespace(id));
    });
  }

  /** From a user namespace outwards to the outermost that can be seen, itself first. */
  outwards(namespace: MachineNamespace): readonly MachineNamespace[] {
    const chain: MachineNamespace[] = [];
    for (let each: MachineNamespace | undefined = namespace; each && !chain.includes(each);) {
      chain.push(each);
      const parent = knownId(each.parent);
      each = parent === undefined ? undefined : this.namespace(parent);
    }
    return chain;
  }
}

/** The id, where one is known. */
export function knownId(id: MachineNamespace['parent']): NamespaceId | undefined {
  return typeof id === 'number' ? id : undefined;
}

function groupBy<K, V>(values: readonly V[], keyOf: (value: V) => K | undefined): Map<K, V[]> {
  const groups = new Map<K, V[]>();
  for (const value of values) {
    const key = keyOf(value);
    if (key === undefined) continue;
    const group = groups.get(key);
    if (group) group.push(value);
    else groups.set(key, [value]);
  }
  return groups;
}
