import type { Finding, Plain } from '../../lessons/verdict';
import type { Translate } from '../translate';
import { describeAmount } from './findingsOfAmounts';
import { type FindingWords, shown } from './findingWords';
import { describeFile, describeMount } from './findingsOfFiles';
import { describeMap, describeNamespace, describeOther } from './findingsOfProcesses';

/** Why a check has not passed, as far as one fact tells: 'The uid_map is empty. It has to say: 0 1000 1.' */
export function describeFinding(finding: Finding, t: Translate): string {
  if (finding.found === null) return t('This cannot be read from outside: {0}.', nameOf(finding, t));
  const { found, wanted } = wordsOf(finding, t);
  const rest = finding.ofNone && wanted !== '' ? t('No process may be like that any more.') : wanted;
  const text = [found, rest].filter(Boolean).join(' ');
  return finding.ofHost ? t('On the host: {0}', text) : text;
}

function wordsOf(finding: Finding, t: Translate): FindingWords {
  switch (finding.fact) {
    case 'uidMap':
      return describeMap('uid_map', finding, t);
    case 'gidMap':
      return describeMap('gid_map', finding, t);
    case 'setgroups':
      return describeValue(t('The file setgroups says: {0}.', shown(finding.found)), finding, t);
    case 'capabilities':
      return describeCapabilities(finding, t);
    case 'name':
      return describeName(finding, t);
    case 'hostname':
      return describeValue(t('The hostname is {0}.', shown(finding.found)), finding, t);
    case 'mount':
      return describeMount(finding, t);
    case 'file':
      return describeFile(finding, t);
    case 'devices':
    case 'addresses':
      return describeList(finding, t);
    case 'other':
      return describeOther(finding, t);
    case 'nspid.depth':
    case 'nspid.inside':
    case 'uid':
    case 'depth':
    case 'inside':
    case 'clock.monotonic':
    case 'clock.boottime':
      return describeAmount(finding.fact, finding, t);
    default:
      return describeNamespace(finding.fact, finding, t);
  }
}

function describeValue(found: string, { expected, negated }: Finding, t: Translate): FindingWords {
  const value = shown(expected);
  return { found, wanted: negated ? t('It must not be {0}.', value) : t('It has to be {0}.', value) };
}

function describeCapabilities({ expected, found, negated }: Finding, t: Translate): FindingWords {
  const seen =
    found === 'none'
      ? t('The process has no capabilities.')
      : found === 'full'
        ? t('The process has every capability.')
        : t('The process has some capabilities, but not every one.');
  if (expected === 'none')
    return { found: seen, wanted: negated ? t('It has to have some.') : t('It has to have none.') };
  return { found: seen, wanted: negated ? t('It must not have all of them.') : t('It has to have all.') };
}

function describeName({ expected, found, negated, ofNone }: Finding, t: Translate): FindingWords {
  if (ofNone)
    return { found: t('A process named {0} is still running; it has to end.', shown(found)), wanted: '' };
  if (negated)
    return {
      found: t('The process is named {0}.', shown(found)),
      wanted: t('It must not be {0}.', shown(expected)),
    };
  return { found: t('No process named {0} is running here.', shown(expected)), wanted: '' };
}

function describeList({ fact, expected, found, negated }: Finding, t: Translate): FindingWords {
  const seen = list(found);
  const wanted = list(expected);
  if (fact === 'devices')
    return {
      found: seen === '' ? t('There is no network interface.') : t('The network interfaces are: {0}.', seen),
      wanted: negated ? t('They have to be others.') : t('They have to be: {0}.', wanted),
    };
  return {
    found: seen === '' ? t('No interface has an IPv4 address.') : t('The IPv4 addresses are: {0}.', seen),
    wanted: negated ? t('None may be {0}.', wanted) : t('Among them has to be {0}.', wanted),
  };
}

/** A fact that may not be read, as a noun. */
function nameOf({ fact, expected }: Finding, t: Translate): string {
  switch (fact) {
    case 'hostname':
      return t('the hostname inside');
    case 'file':
    case 'mount':
      return t('what is at {0}', shown((expected as { path?: Plain }).path ?? ''));
    default:
      return fact;
  }
}

function list(value: Plain): string {
  return Array.isArray(value) ? value.map((each) => shown(each as Plain)).join(', ') : shown(value);
}
