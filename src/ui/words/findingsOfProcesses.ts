import type { CheckedKind } from '../../lessons/check';
import type { Fact, Finding, Plain } from '../../lessons/verdict';
import type { Translate } from '../translate';
import { type FindingWords, shown } from './findingWords';

/** Whether a namespace is the terminal's own. */
export function describeNamespace(
  fact: Extract<Fact, `ns.${string}`>,
  { expected, found, negated, ofNone }: Finding,
  t: Translate,
): FindingWords {
  const kind = kindName(fact.slice(3) as CheckedKind, t);
  if (ofNone)
    return {
      found:
        found === 'own'
          ? t('A process still has a {0} of its own; none may any more.', kind)
          : t('A process still shares the host’s {0}; none may any more.', kind),
      wanted: '',
    };
  // What is found is one of two, and what is wanted then is the other.
  const wantsOwn = (expected === 'own') !== negated;
  return {
    found: wantsOwn
      ? t('The terminal’s {0} is the host’s; it has to be one of its own.', kind)
      : t('The terminal’s {0} is one of its own; it has to be the host’s.', kind),
    wanted: '',
  };
}

function kindName(kind: CheckedKind, t: Translate): string {
  switch (kind) {
    case 'user':
      return t('user namespace');
    case 'pid':
      return t('PID namespace');
    case 'pid_for_children':
      return t('PID namespace for children');
    case 'mnt':
      return t('mount namespace');
    case 'uts':
      return t('UTS namespace');
    case 'ipc':
      return t('IPC namespace');
    case 'net':
      return t('network namespace');
    case 'cgroup':
      return t('cgroup namespace');
    case 'time':
      return t('time namespace');
    case 'time_for_children':
      return t('time namespace for children');
  }
}

export function describeMap(
  file: 'uid_map' | 'gid_map',
  { expected, found, negated }: Finding,
  t: Translate,
): FindingWords {
  const rows = lines(found);
  const wanted = lines(expected);
  const seen = rows === '' ? t('{0} is empty.', file) : t('{0} says: {1}.', file, rows);
  if (wanted === '')
    return { found: seen, wanted: negated ? t('It must not be empty.') : t('It has to be empty.') };
  return {
    found: seen,
    wanted: negated ? t('It must not say: {0}.', wanted) : t('It has to say: {0}.', wanted),
  };
}

/** The rows of a map as the kernel writes them: '0 1000 1; 1 100000 65536' */
function lines(rows: Plain): string {
  const all = Array.isArray(rows) ? (rows as readonly Plain[]) : [];
  return all.map((row) => (Array.isArray(row) ? row.join(' ') : shown(row))).join('; ');
}

/** A second process, which is to stand beside the first. */
export function describeOther({ expected, found, negated }: Finding, t: Translate): FindingWords {
  const { same, different, is } = expected as Readonly<Record<string, Plain | undefined>>;
  if (negated)
    return { found: t('{0} other processes fit to this one.', shown(found)), wanted: t('None may.') };
  const wanted = [
    ...(same === undefined ? [] : [t('It has to share with the first: {0}.', kinds(same))]),
    ...(different === undefined ? [] : [t('It has to differ from the first in: {0}.', kinds(different))]),
    ...(is === undefined ? [] : [t('It has to be as the task says.')]),
  ];
  return { found: t('There is no second process that fits to the first.'), wanted: wanted.join(' ') };
}

function kinds(value: Plain): string {
  return Array.isArray(value) ? value.join(', ') : shown(value);
}
