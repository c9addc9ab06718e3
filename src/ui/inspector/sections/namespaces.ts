import type { NamespaceFact } from '../../../inspect/terminalSnapshot';
import type { Translate } from '../../translate';
import { describeState, explainKind } from '../../words/kinds';
import type { NamespaceRow, Sections } from '../protocol';

/** The eight namespaces, each beside the host's. */
export function namespacesSection(facts: readonly NamespaceFact[], t: Translate): Sections['namespaces'] {
  const rows = facts.map((fact) => namespaceRow(fact, t));
  return {
    heading: t('Namespaces'),
    columns: { kind: t('Kind'), id: t('Id'), state: t('Whose'), hostId: t("Host's id") },
    rows,
    picture: {
      description: rows.map(({ kind, state }) => `${kind}: ${state}`).join(', '),
      inside: t('inside'),
      host: t('host'),
    },
  };
}

function namespaceRow(fact: NamespaceFact, t: Translate): NamespaceRow {
  const id = fact.id === undefined ? '' : String(fact.id);
  const hostId = fact.hostId === undefined ? '' : String(fact.hostId);
  return {
    kind: fact.kind,
    meaning: explainKind(fact.kind, t),
    own: fact.own,
    ...describeState(fact, t),
    id,
    hostId,
    hostLine: hostId === '' || hostId === id ? '' : t('host {0}', hostId),
    copyLabel: t('Copy {0}, id of the {1} namespace', id, fact.kind),
  };
}
