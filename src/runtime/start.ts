import * as fs from 'node:fs';
import * as path from 'node:path';
import { Failure } from '../kernel/failure';
import { cloneFlags } from '../kernel/kinds';
import { option, type NativeSpec } from '../kernel/nativeSpec';
import { dropVariables } from './environment';
import type { Maps } from './idMaps';
import { onHost, resolveInRoot } from './insideRoot';
import { type JoinTarget, scriptsThere } from './joinTarget';
import type { Limits, Profile } from './profile';
import { currentPerson, idsToTake, mapsFor, type Person } from './profileMaps';
import { findProgram } from './program';
import type { OpenRequest, TerminalId } from './runtime';
import { joinOps, madeInside, scriptsInside, setupOps } from './setup';
import { type ShellStart, startBareShell, startShell } from './shell';
import { integrationVariables } from './shellIntegration';

/** What a request comes down to: a program in namespaces to make or to join, and what is done on the way. */
export interface Start {
  readonly id: TerminalId;
  readonly request: OpenRequest;
  readonly spec: NativeSpec;
  /** Undefined: namespaces are made. */
  readonly target: JoinTarget | undefined;
  readonly person: Person;
  /** Undefined: none are written. */
  readonly maps: Maps | undefined;
  readonly limits: Limits | undefined;
  readonly userNetwork: boolean;
}

/** Folders of what ships with the extension. */
export interface Shipped {
  /** The shells' start-up files (media/shell). */
  readonly scripts: string;
}

/**
 * Finds out what will be done, and refuses early what cannot be.
 * @throws Failure
 */
export async function planStart(
  id: TerminalId,
  request: OpenRequest,
  shipped: Shipped,
  target: JoinTarget | undefined,
): Promise<Start> {
  if (process.platform !== 'linux')
    throw new Failure({ step: 'platform', code: '', subject: process.platform });
  const { profile } = request;
  const place = placeOf(profile, shipped, target);
  const cwd = await startFolder(request, place);
  const person = currentPerson();
  const maps = target ? undefined : mapsFor(profile.map, person);
  const ids = idsToTake(maps, person);
  const userNetwork = !target && profile.network === 'user';
  const ops = target
    ? joinOps(profile, target.ids)
    : setupOps(profile, {
        scripts: shipped.scripts,
        ...(ids ? { ids } : {}),
        ...(userNetwork ? { resolvConf: path.join(shipped.scripts, '..', 'network', 'resolv.conf') } : {}),
      });
  const program = await planProgram(request, place, cwd);
  const waits = maps !== undefined || profile.limits !== undefined || userNetwork;
  // In shared memory both would reach the process that keeps the terminals, too.
  const ownMemory = ids || profile.limits?.memory !== undefined ? option.ownMemory : 0;
  const { options, ...namespaces } = namespacesOf(profile, target, waits);
  return {
    id,
    request,
    target,
    person,
    maps,
    limits: profile.limits,
    userNetwork,
    spec: {
      ...namespaces,
      options: options | ownMemory,
      rows: request.rows,
      columns: request.columns,
      cwd,
      ...program,
      ops,
    },
  };
}

function namespacesOf(
  profile: Profile,
  target: JoinTarget | undefined,
  waits: boolean,
): Pick<NativeSpec, 'namespaces' | 'join' | 'joinPid' | 'joinStart' | 'options'> {
  const wait = waits ? option.wait : 0;
  if (target) {
    const enter = target.kinds.includes('time') ? option.enter : 0;
    const noGroups = target.ids ? option.noGroups : 0;
    return {
      namespaces: 0,
      join: cloneFlags(target.kinds.filter((kind) => kind !== 'time')),
      joinPid: target.process.pid,
      joinStart: target.process.startTime,
      options: option.guard | wait | enter | noGroups,
    };
  }
  const guard = profile.namespaces.includes('pid') ? 0 : option.guard;
  const init = profile.init && guard === 0 ? option.init : 0;
  return {
    namespaces: cloneFlags(profile.namespaces.filter((kind) => !madeInside.includes(kind))),
    join: 0,
    joinPid: 0,
    joinStart: 0,
    options: guard | init | wait,
  };
}

/** The files that the program will see. */
interface Place {
  /** Absolute path on the host. */
  readonly root: string;
  /** Not the host's, so that what is there need not be. */
  readonly isOther: boolean;
  /** The shells' start-up files, as the program sees them, if it does. */
  readonly scripts: string | undefined;
}

function placeOf({ root }: Profile, { scripts }: Shipped, target: JoinTarget | undefined): Place {
  if (target?.root !== undefined)
    return { root: target.root, isOther: true, scripts: scriptsThere(scripts, target.root) };
  if (!root) return { root: '/', isOther: false, scripts };
  return { root: fs.existsSync(root.path) ? root.path : '/', isOther: true, scripts: scriptsInside };
}

/** Where the program starts, as it will see it. @throws Failure */
async function startFolder({ cwd, profile, join }: OpenRequest, { root, isOther }: Place): Promise<string> {
  if (join !== undefined && profile.root) return profile.cwd ?? '/';
  const wanted = profile.cwd ?? cwd;
  const found = await fs.promises
    .stat(onHost(root, resolveInRoot(root, wanted)))
    .catch((error: unknown) => Failure.of('chdir', error, wanted));
  if (!(found instanceof Failure) && found.isDirectory()) return wanted;
  // The folder of the editor is one of the host's, which another root directory need not have.
  if (isOther && profile.cwd === undefined) return isBound(profile, cwd) ? cwd : '/';
  throw found instanceof Failure ? found : new Failure({ step: 'chdir', code: 'ENOTDIR', subject: wanted });
}

function isBound(profile: Profile, folder: string): boolean {
  return (profile.binds ?? []).some(({ target }) => folder === target || folder.startsWith(`${target}/`));
}

async function planProgram(
  request: OpenRequest,
  place: Place,
  cwd: string,
): Promise<Pick<NativeSpec, 'file' | 'argv' | 'envp'>> {
  const { profile } = request;
  const own = dropVariables(request.env, profile.env);
  const [program, ...args] = request.command ?? [];
  const step = program === undefined ? 'find_shell' : 'find_program';
  const wanted = program ?? profile.shell ?? request.shell;
  const file = await findInside(wanted, own['PATH'], place, cwd, step, profile);
  const { scripts, isOther } = place;
  const start = (): ShellStart => {
    if (scripts === undefined) return startBareShell();
    const { args, env } = startShell(file, scripts, own);
    return { args, env: { ...env, ...integrationVariables(file, request.shellIntegration, place.root) } };
  };
  const shell = program === undefined ? start() : { args, env: {} };
  const more = program === undefined ? (profile.args ?? []) : [];
  const env = { ...own, ...shell.env, PWD: cwd };
  return {
    file,
    argv: [program ?? (isOther ? file : wanted), ...shell.args, ...more],
    envp: Object.entries(env).map(([name, value]) => `${name}=${value}`),
  };
}

/** A shell of the host need not be in another root directory; /bin/sh is in all of them. */
async function findInside(
  wanted: string,
  searchPath: string | undefined,
  { root, isOther }: Place,
  cwd: string,
  step: string,
  profile: Profile,
): Promise<string> {
  if (!isOther) return findProgram(wanted, searchPath, cwd, step);
  const find = (name: string): Promise<string> => findProgram(name, searchPath, cwd, step, root);
  if (step !== 'find_shell' || profile.shell !== undefined) return find(wanted);
  return find(wanted).catch(() => find('/bin/sh'));
}
