import { namespaceKinds } from '../../../kernel/kinds';
import type { NamespaceIds } from '../../../kernel/proc';
import type { Translate } from '../../translate';
import { explainKind } from '../../words/kinds';
import type { CompareRow, Sections } from '../protocol';

/** One of two things that are compared. */
export interface Compared {
  /** Harmless already. */
  readonly title: string;
  readonly namespaces: NamespaceIds;
}

/** Two things side by side: which namespaces they share. */
export function compareSection(a: Compared, b: Compared, t: Translate): Sections['compare'] {
  const rows = namespaceKinds.map((kind): CompareRow => {
    const [first, second] = [a.namespaces[kind], b.namespaces[kind]];
    const same = first === undefined || second === undefined ? undefined : first === second;
    return {
      kind,
      meaning: explainKind(kind, t),
      first: first === undefined ? t('hidden') : String(first),
      second: second === undefined ? t('hidden') : String(second),
      same,
      word: same === undefined ? t('unknown') : same ? t('shared') : t('different'),
    };
  });
  const kindsThat = (same: boolean): string =>
    rows
      .filter((row) => row.same === same)
      .map(({ kind }) => kind)
      .join(', ');
  const [shared, different] = [kindsThat(true), kindsThat(false)];
  return {
    heading: t('Compare'),
    columns: { kind: t('Kind'), first: a.title, second: b.title, same: t('Same?') },
    summary: [
      shared !== ''
        ? t('They share: {0}.', shared)
        : different === ''
          ? t('One of both cannot be seen, or has ended.')
          : t('They share no namespace.'),
      different === '' ? '' : t('They differ in: {0}.', different),
    ]
      .filter(Boolean)
      .join(' '),
    rows,
    close: t('End the comparison'),
  };
}
