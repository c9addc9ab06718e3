import type { FailureData } from '../../kernel/failure';
import { harmless } from '../../kernel/harmless';
import type { MachineReport, Rung } from '../../runtime/checkMachine';
import type { Finding } from '../../runtime/diagnose';
import { namespaceKinds } from '../../kernel/kinds';
import type { Machine } from '../../runtime/machine';
import type { SubordinateIds } from '../../runtime/subordinateIds';
import { counted, type Translate } from '../translate';
import { causeWords } from './causes';
import { outcomeWord, rungName } from './machine';
import { recipesFor, type Recipe } from './remedies';

const marks = { works: '✓', refused: '✗', missing: '✗', 'not tried': '–' } as const;

/** The document of Check This Machine, in Markdown. @param profile the name of the default profile. */
export function machineText(report: MachineReport, profile: string, when: string, t: Translate): string {
  const { findings, machine } = report;
  return [
    `# ${t('Check This Machine')}`,
    `**${summary(report, profile, t)}**`,
    profilesLine(report, t),
    t(
      'Each line below was tried for real, in a terminal that ended at once. Nothing on this machine was changed. Checked {0}, in {1} ms.',
      when,
      Math.round(report.milliseconds),
    ),
    rungTable(report, t),
    ...(findings.length === 0 ? [] : [`## ${t('What does not work, and what would help')}`]),
    ...findings.map((finding) => findingText(finding, report, t)),
    `## ${t('Facts about this machine')}`,
    factTable(machine, t),
    '',
  ].join('\n\n');
}

/** '12 of 14 work. Anton's default profile, anton, works here.' */
export function summary({ rungs, profiles }: MachineReport, profile: string, t: Translate): string {
  const working = rungs.filter(({ outcome }) => outcome === 'works').length;
  const count = counted(t, working, '{0} of {1} works.', '{0} of {1} work.', rungs.length);
  const tried = profiles.find(({ name }) => name === profile);
  if (!tried) return count;
  const verdict = tried.works
    ? t('The default profile, {0}, works here.', harmless(profile))
    : t('The default profile, {0}, does not work here.', harmless(profile));
  return `${count} ${verdict}`;
}

function profilesLine({ profiles }: MachineReport, t: Translate): string {
  const names = (works: boolean): string =>
    profiles
      .filter((each) => each.works === works)
      .map(({ name }) => code(name))
      .join(', ');
  const working = t('Profiles that work here: {0}.', names(true) || t('none'));
  return names(false) === '' ? working : `${working} ${t('Refused: {0}.', names(false))}`;
}

function rungTable({ rungs }: MachineReport, t: Translate): string {
  const rows = rungs.map((rung) => [
    `${marks[rung.outcome]} ${outcomeWord(rung.outcome, t)}`,
    rungName(rung.id, t),
    detail(rung, rungs, t),
    rung.milliseconds === undefined ? '' : milliseconds(rung.milliseconds, t),
  ]);
  return table(['', t('What was tried'), t('Step'), t('Time')], rows);
}

/** '12.3 ms', which no line break divides. */
function milliseconds(value: number, t: Translate): string {
  const one = { minimumFractionDigits: 1, maximumFractionDigits: 1, useGrouping: false };
  return `${value.toLocaleString(t.language ?? 'en', one)}\u00a0ms`;
}

/** The step and the errno of a refusal; what an untried one waits for. */
function detail({ failure, needs, outcome }: Rung, rungs: readonly Rung[], t: Translate): string {
  if (failure) return [code(failure.step), failure.code].filter(Boolean).join(' ');
  if (outcome !== 'not tried') return '';
  const missing = rungs.filter(({ id, outcome: found }) => needs.includes(id) && found !== 'works');
  return t('needs: {0}', missing.map(({ id }) => rungName(id, t)).join('; '));
}

function findingText(finding: Finding, report: MachineReport, t: Translate): string {
  const { machine, rungs } = report;
  const names = (ids: Finding['rungs']): string => ids.map((id) => rungName(id, t)).join('; ');
  const { why, remedy } = causeWords(finding, machine, t);
  const failures = rungs.flatMap(({ id, failure }) =>
    failure && finding.rungs.includes(id) ? [failure] : [],
  );
  const seen = [...new Set(failures.map(failureText))].join(', ');
  const lost =
    finding.alsoLost.length === 0 ? '' : ` ${t('Not tried for that reason: {0}.', names(finding.alsoLost))}`;
  return [
    `### ${names(finding.rungs)}`,
    `- **${t('What happened')}**: ${t('refused at {0}.', seen)}${lost}`,
    `- **${t('Likely cause')}**: ${escape(why)}`,
    `- **${t('Remedy')}**: ${escape(remedy)}`,
    ...recipesFor(finding, machine, t).map(recipeText),
  ].join('\n');
}

/** The step, the errno and what it was about: '`mount_proc` EPERM (`/proc`)'. */
function failureText({ step, code: errno, subject }: FailureData): string {
  return [code(step), errno, subject ? `(${code(subject)})` : ''].filter(Boolean).join(' ');
}

/** A fence that is longer than any in the text cannot be closed by it. */
function recipeText({ words, language, text }: Recipe): string {
  const fence = '`'.repeat(Math.max(3, ...[...text.matchAll(/`+/g)].map(([run]) => run.length + 1)));
  return `\n${words}\n\n${fence}${language}\n${text}\n${fence}`;
}

function factTable(machine: Machine, t: Translate): string {
  const yes = (value: boolean): string => (value ? t('yes') : t('no'));
  const number = (value: number | undefined): string =>
    value === undefined ? t('not there') : String(value);
  const { person, cgroup } = machine;
  const missing = namespaceKinds.filter((kind) => !machine.kinds.includes(kind));
  const facts: [string, string][] = [
    [t('Kernel'), `Linux ${machine.kernel}${machine.wsl === undefined ? '' : ` (WSL ${machine.wsl})`}`],
    [t('User'), `${person.name} (uid ${person.uid}, gid ${person.gid})`],
    [t('CAP_SYS_ADMIN'), yes(machine.privileged)],
    [t('Executable of this process'), machine.executable],
    [t('Kinds of namespace that the kernel lacks'), missing.join(', ') || t('none')],
    [
      'user.max_*_namespaces',
      Object.entries(machine.maxNamespaces)
        .map((each) => each.join(' '))
        .join(', '),
    ],
    ['kernel.unprivileged_userns_clone', number(machine.unprivilegedUsernsClone)],
    ['kernel.apparmor_restrict_unprivileged_userns', number(machine.apparmorRestrictsUserns)],
    [t('AppArmor profile of this process'), machine.apparmorProfile ?? t('none')],
    [t('Seccomp filter'), yes(machine.seccomp === 2)],
    ['no_new_privs', yes(machine.noNewPrivileges)],
    [t('Container'), machine.container ?? t('no marks of one')],
    [t('chroot'), yes(machine.chroot)],
    ['/proc/self/uid_map', (machine.uidMap ?? []).map((row) => Object.values(row).join(' ')).join(', ')],
    [t('Covered in /proc'), machine.maskedProc.join(' ') || t('nothing')],
    ['/etc/subuid', idsText(machine.subordinateUids, t)],
    ['/etc/subgid', idsText(machine.subordinateGids, t)],
    ...machine.helpers.map(({ name, path, setuid }): [string, string] => [
      name,
      path === undefined ? t('not installed') : `${path}${setuid ? ` (${t('setuid root')})` : ''}`,
    ]),
    ['/dev/net/tun', machine.tun ? t('may be opened') : t('may not be opened')],
    [
      'cgroup v2',
      cgroup ? `${cgroup.mount}, ${cgroup.own}, ${cgroup.controllers.join(' ')}` : t('not mounted'),
    ],
  ];
  return table(
    [t('Fact'), t('Value')],
    facts.map(([name, value]) => [name, value === '' ? '' : code(value)]),
  );
}

function idsText({ ranges, unreadable }: SubordinateIds, t: Translate): string {
  const granted = ranges.map(({ first, count }) => `${first}-${first + count - 1}`).join(', ') || t('none');
  return unreadable.length === 0
    ? granted
    : `${granted}; ${t('unreadable lines: {0}', unreadable.join(', '))}`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** Text that others chose, as code: nothing in it is Markdown (CommonMark, "Code spans"). */
function code(text: string): string {
  const safe = harmless(text);
  const ticks = '`'.repeat(Math.max(0, ...[...safe.matchAll(/`+/g)].map(([run]) => run.length)) + 1);
  const pad = safe.startsWith('`') || safe.endsWith('`') ? ' ' : '';
  return `${ticks}${pad}${safe}${pad}${ticks}`;
}

function escape(text: string): string {
  return text.replace(/[\\`*_[\]<>#|]/g, '\\$&');
}
