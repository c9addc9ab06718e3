import type { Finding, Plain } from '../../lessons/verdict';
import type { Translate } from '../translate';
import { type FindingWords, shown } from './findingWords';

type Fields = Readonly<Record<string, Plain | undefined>>;

/** What is mounted at a path. */
export function describeMount(finding: Finding, t: Translate): FindingWords {
  const found = finding.found as Fields;
  const expected = finding.expected as Fields;
  const path = shown(expected['path'] ?? '');
  const seen =
    found['exists'] === false
      ? t('Nothing is mounted at {0}.', path)
      : found['own'] === true
        ? t(
            'At {0} is a mount of type {1} that the host does not have there.',
            path,
            shown(found['type'] ?? ''),
          )
        : t('At {0} is the host’s mount of type {1}.', path, shown(found['type'] ?? ''));
  return { found: seen, wanted: wantedMount(expected, finding.negated, t) };
}

function wantedMount({ exists, type, own }: Fields, negated: boolean, t: Translate): string {
  if (exists === false)
    return negated ? t('Something has to be mounted there.') : t('Nothing may be mounted there.');
  if (negated) return t('It has to be something else.');
  if (own === false) return t('The host’s mount has to be there.');
  if (type === undefined)
    return own === true
      ? t('A mount has to be there that the host does not have.')
      : t('Something has to be mounted there.');
  return own === true
    ? t('A mount of type {0} has to be there that the host does not have.', shown(type))
    : t('A mount of type {0} has to be there.', shown(type));
}

/** A file, its owner as the host sees it, and what is in it: of all that is asked for, what is wrong first. */
export function describeFile(finding: Finding, t: Translate): FindingWords {
  const found = finding.found as Fields;
  const expected = finding.expected as Fields;
  const path = shown(expected['path'] ?? '');
  if (found['exists'] === false)
    return {
      found: t('There is no file {0}.', path),
      wanted: finding.negated || expected['exists'] !== false ? t('It has to be there.') : '',
    };
  if (expected['exists'] === false || finding.negated) return isThere(path, expected, finding.negated, t);
  const owner = wrongOwner(path, found, expected, t);
  return owner ?? wrongContent(path, found, expected, t);
}

function isThere(path: string, expected: Fields, negated: boolean, t: Translate): FindingWords {
  const isAlone = negated && Object.keys(expected).some((key) => key !== 'path' && key !== 'exists');
  return {
    found: t('The file {0} is there.', path),
    wanted: isAlone ? t('It has to be another one.') : t('It must not be there.'),
  };
}

function wrongOwner(path: string, found: Fields, expected: Fields, t: Translate): FindingWords | undefined {
  // What is expected may be a text that a variable made of a number.
  const differs = (key: string): boolean =>
    expected[key] !== undefined && Number(expected[key]) !== found[key];
  const [uid, gid] = [shown(found['uid'] ?? ''), shown(found['gid'] ?? '')];
  if (differs('uid'))
    return {
      found: t('The file {0} belongs to the uid {1}, seen from the host.', path, uid),
      wanted: t('It has to be {0}.', shown(expected['uid'] ?? '')),
    };
  if (differs('gid'))
    return {
      found: t('The file {0} belongs to the gid {1}, seen from the host.', path, gid),
      wanted: t('It has to be {0}.', shown(expected['gid'] ?? '')),
    };
  return undefined;
}

function wrongContent(path: string, found: Fields, expected: Fields, t: Translate): FindingWords {
  const { content, empty } = expected;
  if (content !== undefined && found['content'] === null)
    return { found: t('The file {0} cannot be read from outside.', path), wanted: '' };
  if (content !== undefined)
    return {
      found: t('In the file {0} is: “{1}”.', path, shown(found['content'] ?? '')),
      wanted: t('In it has to be: “{0}”.', shown(content)),
    };
  if (empty === true)
    return { found: t('Something is in the file {0}.', path), wanted: t('It has to be empty.') };
  return { found: t('The file {0} is empty.', path), wanted: t('Something has to be in it.') };
}
