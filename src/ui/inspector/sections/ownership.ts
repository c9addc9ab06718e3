import type { HostPerson } from '../../../inspect/hostPerson';
import { knownId, type MachineIndex } from '../../../inspect/machineIndex';
import type { MachineNamespace } from '../../../inspect/snapshot';
import { namespaceKinds } from '../../../kernel/kinds';
import type { NamespaceIds } from '../../../kernel/proc';
import type { Translate } from '../../translate';
import { nameOwner } from '../../words/namespaces';
import type { OwnershipBox, Sections } from '../protocol';

/**
 * User namespaces as nested boxes, from the outermost that can be seen to the subject's own, each with those of the
 * subject's namespaces that it owns: whoever has capabilities in a box has them over what is in it.
 * @param ids the subject's namespaces.
 */
export function ownershipSection(
  ids: NamespaceIds,
  index: MachineIndex,
  person: HostPerson,
  t: Translate,
): Sections['ownership'] {
  const user = ids.user === undefined ? undefined : index.namespace(ids.user);
  if (!user) return undefined;
  const all = namespaceKinds.flatMap((kind) => {
    const id = ids[kind];
    const namespace = id === undefined ? undefined : index.namespace(id);
    return namespace && kind !== 'user' ? [namespace] : [];
  });
  const chain = index.outwards(user);
  const box = chain.reduce<OwnershipBox | undefined>(
    (inner, each) => boxOf(each, all, inner, index, person, t),
    undefined,
  );
  const inChain = new Set(chain.map(({ id }) => id));
  const others = all.filter(({ owner }) => !inChain.has(knownId(owner) ?? user.id));
  return {
    heading: t('Ownership'),
    columns: { user: t('User namespace'), owns: t('Owns') },
    intro: t('Each namespace belongs to a user namespace. Root there may change it; root elsewhere may not.'),
    box,
    outside: others.length === 0 ? '' : t('Owned from outside: {0}', names(others)),
  };
}

function boxOf(
  user: MachineNamespace,
  all: readonly MachineNamespace[],
  inner: OwnershipBox | undefined,
  index: MachineIndex,
  person: HostPerson,
  t: Translate,
): OwnershipBox {
  const owned = all.filter(({ owner }) => owner === user.id);
  const isHost = index.snapshot.own.user === user.id;
  const whose = isHost ? t('the host’s') : t('made by {0}', nameOwner(user, person, t));
  return {
    title: `user ${user.id}`,
    whose,
    isHost,
    owned: owned.map(({ kind, id }) => ({ kind, id: String(id) })),
    inner,
    spoken:
      owned.length === 0
        ? t('User namespace {0}, {1}, owns none of these namespaces.', String(user.id), whose)
        : t('User namespace {0}, {1}, owns {2}.', String(user.id), whose, names(owned)),
  };
}

function names(namespaces: readonly MachineNamespace[]): string {
  return namespaces.map(({ kind, id }) => `${kind} ${id}`).join(', ');
}
