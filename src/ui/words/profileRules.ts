import type { Format } from '../../runtime/profileDefinition';
import type { ProblemCause, ProfileProblem } from '../../runtime/profileProblems';
import type { ProfilePart, RuleViolation } from '../../runtime/profileRules';
import { counted, type Translate } from '../translate';

/** 'anton.profiles.offline.map.uid[1].length: has to be at least 1'. */
export function describeProblem({ profile, place, cause }: ProfileProblem, t: Translate): string {
  const where = ['anton.profiles', profile, place].filter(Boolean).join('.');
  return `${where}: ${describeCause(cause, t)}`;
}

/** What is wrong, without the place. */
export function describeCause(cause: ProblemCause, t: Translate): string {
  switch (cause.problem) {
    case 'type':
      return t('has to be {0}', describeType(cause.expected, t));
    case 'missing':
      return t('is missing');
    case 'choice':
      return t('has to be one of {0}', cause.choices.join(', '));
    case 'unknownParts':
      return cause.names.length === 1
        ? t('has no part {0}', cause.names.join())
        : t('has no parts {0}', cause.names.join(', '));
    case 'tooSmall':
      return t('has to be at least {0}', cause.limit);
    case 'tooLarge':
      return t('has to be at most {0}', cause.limit);
    case 'tooShort':
      return cause.limit === 1
        ? t('must not be empty')
        : counted(t, cause.limit, 'has to have at least {0} entry', 'has to have at least {0} entries');
    case 'tooLong':
      return counted(
        t,
        cause.limit,
        'has to have at most {0} character or entry',
        'has to have at most {0} characters or entries',
      );
    case 'format':
      return describeFormat(cause.format, t);
    case 'name':
      return t('a name has 1 to 64 visible characters and no space at its ends');
    case 'builtInName':
      return t('is the name of a profile of Anton itself; choose another one, and extend that');
    case 'noFolder':
      return t('no folder is open that ${workspaceFolder} could stand for');
    case 'notAbsolute':
      return t('has to be an absolute path, but comes to {0}', JSON.stringify(cause.text));
    case 'unknownVariable':
      return t(
        'there is no variable {0}; there are ${workspaceFolder}, ${userHome} and ${env:NAME}',
        cause.text,
      );
    case 'unknownParent':
      return t('there is no profile {0}', JSON.stringify(cause.parent));
    case 'brokenParent':
      return t('the profile {0} is wrong itself', JSON.stringify(cause.parent));
    case 'cycle':
      return t('the profiles extend each other in a circle: {0}', cause.names.join(' → '));
    case 'rule':
      return describeViolation(cause.violation, t);
  }
}

/** What in a profile makes no sense, with the reason. */
export function describeViolation(violation: RuleViolation, t: Translate): string {
  switch (violation.rule) {
    case 'partNeedsNamespaces':
      return t('needs {0} in namespaces: {1}', violation.missing.join(' + '), reasonFor(violation.part, t));
    case 'namespacesNeedUser':
      return t(
        'needs user: an ordinary user may make {0} only in a user namespace that owns it',
        violation.kinds.join(' + '),
      );
    case 'kindTwice':
      return t('names {0} twice', violation.kind);
    case 'sharedNetworkExcludesNet':
      return t('shared contradicts net in namespaces: the network is either its own or the host’s');
    case 'userNetworkNeedsMap':
      return t('user needs a map: pasta and slirp4netns enter the user namespace as one of its users');
    case 'hostnameLength':
      return counted(
        t,
        violation.bytes,
        'has {0} byte; the kernel takes at most 64',
        'has {0} bytes; the kernel takes at most 64',
      );
    case 'idMapRefused':
      return t('the kernel would refuse this map: {0}', violation.why);
    case 'rootNeedsMap':
      return t('needs a map: whoever is nobody may make no files, so also no /dev');
    case 'bindCovers':
      return t('would cover {0}, which Anton makes itself', violation.target);
    case 'bindTwice':
      return t('an earlier bind has {0} already, which this one would hide', violation.target);
    case 'memoryTooSmall':
      return t(
        'a number is in bytes, and {0} are too few for any program: at least {1}, or a text such as "512M"',
        violation.bytes,
        violation.least,
      );
    case 'clockNegative':
      return t('would make the clock negative; here it has to be at least {0}', violation.least);
    case 'unknownCapability':
      return t('there is no capability {0}', JSON.stringify(violation.name));
  }
}

function reasonFor(part: ProfilePart, t: Translate): string {
  switch (part) {
    case 'map':
      return t('ids are mapped between a user namespace and the one around it');
    case 'hostname':
      return t('without a UTS namespace this would rename the host');
    case 'freshProc':
      return t('a /proc shows the processes of a PID namespace, and is mounted for a mount namespace');
    case 'root':
      return t('the root directory is that of a mount namespace');
    case 'binds':
      return t('without a mount namespace they would be mounted on the host');
    case 'network':
      return t('without a network namespace the network is the host’s');
    case 'timeOffsets':
      return t('clocks are set off in a time namespace only');
    case 'init':
      return t('process 1 is that of a PID namespace');
    default:
      return t('it is a part of them');
  }
}

function describeType(expected: string, t: Translate): string {
  switch (expected) {
    case 'string':
      return t('a text');
    case 'number':
      return t('a number');
    case 'integer':
      return t('a whole number');
    case 'boolean':
      return t('true or false');
    case 'array':
      return t('a list');
    default:
      return t('an object');
  }
}

function describeFormat(format: Format, t: Translate): string {
  switch (format) {
    case 'text':
      return t('must not hold a NUL character');
    case 'path':
      return t('has to be an absolute path, or begin with ~ or ${...}');
    case 'variable':
      return t('is no name of a variable');
    case 'size':
      return t('has to be a number of bytes, or a text like 512M');
    case 'icon':
      return t('has to be the name of an icon, such as beaker or list-ordered');
  }
}
