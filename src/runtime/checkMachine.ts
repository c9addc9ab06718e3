import * as fs from 'node:fs';
import { Failure, type FailureData } from '../kernel/failure';
import { causeOf } from './causeOf';
import { isAbsence } from './causes';
import { diagnose, type Finding } from './diagnose';
import { readMachine, type Machine } from './machine';
import type { Profile } from './profile';
import { builtInProfiles } from './profiles';
import { rungs, type RungDefinition, type RungId } from './rungs';
import type { End, Runtime } from './runtime';

/** How long one attempt may take, in milliseconds; a program that makes a network has 5 seconds of its own. */
const defaultPatience = 8000;

/** 'missing': a program is not installed, or the kernel has no such thing. */
export type Outcome = 'works' | 'refused' | 'missing' | 'not tried';

/** What became of one attempt. */
export interface Rung {
  readonly id: RungId;
  readonly needs: readonly RungId[];
  readonly outcome: Outcome;
  /** What was refused. The step 'proof': the terminal was made, but is not what it should be; 'timeout': it hung. */
  readonly failure?: FailureData;
  readonly milliseconds?: number;
}

/** Whether a terminal with a profile can be opened and ends by itself. */
export interface ProfileOutcome {
  readonly name: string;
  readonly works: boolean;
  readonly failure?: FailureData;
}

/** What works on this machine, what does not, and why. Plain data. */
export interface MachineReport {
  readonly rungs: readonly Rung[];
  readonly profiles: readonly ProfileOutcome[];
  readonly findings: readonly Finding[];
  readonly machine: Machine;
  readonly milliseconds: number;
}

/** A runtime of its own, so that nobody who watches the person's terminals hears of the attempts. */
export type ProbeRuntime = Runtime & { dispose(): void };

export interface CheckOptions {
  /** Tried beside the rungs; those of Anton if missing. */
  readonly profiles?: readonly Profile[];
  readonly signal?: AbortSignal;
  /** How long one attempt may take, in milliseconds. */
  readonly patience?: number;
  /** Called before each attempt, with how many come after it. */
  readonly progress?: (what: string, left: number) => void;
}

/**
 * Finds out by doing what this machine lets an isolated terminal have: each rung is a terminal that is really made and
 * ends at once. Changes nothing and leaves nothing behind.
 * @param makeRuntime called once, and again after an attempt that took too long; each is disposed of.
 * @throws DOMException AbortError, if the signal said so.
 */
export async function checkMachine(
  makeRuntime: () => ProbeRuntime,
  options: CheckOptions = {},
): Promise<MachineReport> {
  const { profiles = Object.values(builtInProfiles), patience = defaultPatience, signal, progress } = options;
  const begin = performance.now();
  const probe = new Probe(makeRuntime, patience);
  const abort = (): void => {
    probe.abandon();
  };
  signal?.addEventListener('abort', abort);
  try {
    const machine = readMachine();
    const done: Rung[] = [];
    const results: ProfileOutcome[] = [];
    for (const [i, definition] of rungs.entries()) {
      signal?.throwIfAborted();
      progress?.(definition.id, rungs.length + profiles.length - i);
      done.push(await climb(probe, definition, done, machine));
    }
    for (const [i, profile] of profiles.entries()) {
      signal?.throwIfAborted();
      progress?.(profile.name, profiles.length - i);
      const failure = await probe.attempt(profile, 'exit 0');
      results.push({ name: profile.name, works: !failure, ...(failure ? { failure } : {}) });
    }
    signal?.throwIfAborted();
    const findings = diagnose(done, machine);
    return { rungs: done, profiles: results, findings, machine, milliseconds: performance.now() - begin };
  } finally {
    signal?.removeEventListener('abort', abort);
    probe.dispose();
  }
}

async function climb(
  probe: Probe,
  { id, needs, profile, proof }: RungDefinition,
  done: readonly Rung[],
  machine: Machine,
): Promise<Rung> {
  const stands = (need: RungId): boolean => done.some((rung) => rung.id === need && rung.outcome === 'works');
  if (!needs.every(stands)) return { id, needs, outcome: 'not tried' };
  const begin = performance.now();
  const failure = await probe.attempt(profile, proof);
  const milliseconds = performance.now() - begin;
  if (!failure) return { id, needs, outcome: 'works', milliseconds };
  const outcome = isAbsence(causeOf(failure, machine, profile.namespaces)) ? 'missing' : 'refused';
  return { id, needs, outcome, failure, milliseconds };
}

/** Opens a terminal, waits for its end, and is not kept waiting. */
class Probe {
  private runtime: ProbeRuntime;
  private giveUp: () => void = () => undefined;

  constructor(
    private readonly makeRuntime: () => ProbeRuntime,
    private readonly patience: number,
  ) {
    this.runtime = makeRuntime();
  }

  /** What was refused; undefined if nothing was. */
  async attempt(profile: Profile, proof: string): Promise<FailureData | undefined> {
    const timeout = { step: 'timeout', code: 'ETIMEDOUT', subject: `${this.patience / 1000} s` };
    const late = new Promise<FailureData>((resolve) => (this.giveUp = () => resolve(timeout)));
    const timer = setTimeout(() => this.abandon(), this.patience);
    try {
      return await Promise.race([this.run(profile, proof).catch(plainFailure), late]);
    } finally {
      clearTimeout(timer);
    }
  }

  /** Waits no more for what is attempted; whatever it has made goes with its runtime. */
  abandon(): void {
    this.runtime.dispose();
    this.runtime = this.makeRuntime();
    this.giveUp();
  }

  dispose(): void {
    this.runtime.dispose();
  }

  private async run(profile: Profile, proof: string): Promise<FailureData | undefined> {
    const { runtime } = this;
    const ends = new Map<number, End>();
    let wake = (): void => undefined;
    const subscription = runtime.subscribe((event) => {
      if (event.type !== 'ended') return;
      ends.set(event.id, event.end);
      wake();
    });
    try {
      const { id } = await runtime.open({
        name: 'probe',
        profile,
        cwd: '/',
        shell: '/bin/sh',
        command: ['/bin/sh', '-c', proof, 'sh', ...profile.namespaces.map(namespaceHere)],
        env: { PATH: process.env['PATH'] ?? '/usr/bin:/bin', LC_ALL: 'C' },
        columns: 80,
        rows: 24,
      });
      while (!ends.has(id)) await new Promise<void>((resolve) => (wake = resolve));
      const end = ends.get(id);
      if (end && 'code' in end && end.code === 0) return undefined;
      return { step: 'proof', code: '', subject: proof };
    } finally {
      subscription.dispose();
    }
  }
}

function plainFailure(error: unknown): FailureData {
  if (!(error instanceof Failure)) return { step: 'probe', code: '', subject: String(error) };
  const { step, code, subject } = error;
  return { step, code, ...(subject === undefined ? {} : { subject }) };
}

/** 'user:[4026531837]'; '' for a kind that this kernel does not have. */
function namespaceHere(kind: string): string {
  try {
    return fs.readlinkSync(`/proc/self/ns/${kind}`);
  } catch {
    return '';
  }
}
