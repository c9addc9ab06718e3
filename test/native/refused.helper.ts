import * as childProcess from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { Failure, type FailureData } from '../../src/kernel/failure';
import { readMachine } from '../../src/runtime/machine';
import type { Profile } from '../../src/runtime/profile';
import { builtInProfiles, isProfileName } from '../../src/runtime/profiles';
import type { End, OpenRequest } from '../../src/runtime/runtime';
import type { Explanation } from '../../src/ui/words/explanation';
import { explain } from '../../src/ui/words/refusals';
import { answer } from './helper';
import { isRefusedCall, refuseCall } from './seccomp';
import { request, TestRuntime } from './support';
import { tracesOf, type Traces } from './traces';

/** What became of a terminal that a helper tried to open, and what was left of it. */
export interface Attempt {
  readonly end?: End;
  readonly failure?: FailureData;
  readonly words?: Explanation;
  readonly before: Traces;
  readonly after: Traces;
}

/** What is asked for beside the profile, and whether the terminal is killed once it is open. */
export type More = Partial<OpenRequest> & { readonly kill?: boolean };

/** What happens to the process before it opens a terminal, by the first argument; the second is a number. */
const preparations: Record<string, (runtime: TestRuntime, number: number) => unknown> = {
  nothing: () => undefined,
  /** Not even another terminal was opened. */
  cold: () => undefined,
  /** Another terminal is open, and stays. */
  another: (runtime) => runtime.open(request('plain', { command: ['sleep', 'infinity'] })),
  /** The same in namespaces of its own. */
  isolated: (runtime) => runtime.open(request('anton', { command: ['sleep', 'infinity'] })),
  /** This person may start no more processes: those that run are more than so many. */
  processes: (_, number) =>
    childProcess.execFileSync('prlimit', [`--nproc=${number}`, `--pid=${process.pid}`]),
  /** Its own directory is gone. */
  nowhere: () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'anton-nowhere-'));
    process.chdir(folder);
    fs.rmdirSync(folder);
  },
};

/**
 * `PREPARATION NUMBER PROFILE [REQUEST]`, where a system call is prepared by having it answer with that errno from now on; or
 * `descriptors NUMBER PROFILE`, of which so many are left. REQUEST is JSON: what else is asked for, and
 * whether the terminal is to be killed. Prints an Attempt.
 */
async function main(): Promise<void> {
  const [what = '', number = '0', profile = 'anton', more = '{}'] = process.argv.slice(2);
  const runtime = new TestRuntime();
  const cwd = os.tmpdir();
  // Loads the libraries and starts the thread, so that what comes later belongs to the terminal.
  if (what !== 'cold') await runtime.run('plain', ['/bin/true'], { cwd });
  if (isRefusedCall(what)) refuseCall(what, Number(number));
  else await preparations[what]?.(runtime, Number(number));
  const before = tracesOf(process.pid);
  const taken = what === 'descriptors' ? takeAllBut(Number(number)) : [];
  const outcome = await runtime
    .open(request('plain', { profile: profileOf(profile), command: ['/bin/true'], cwd, ...parsed(more) }))
    .catch(failed);
  for (const fd of taken) fs.closeSync(fd);
  if ('pid' in outcome && parsed(more).kill) runtime.kill(outcome.id);
  const told = 'pid' in outcome ? { end: await runtime.end(outcome) } : outcome;
  const attempt: Attempt = { ...told, before, after: tracesOf(process.pid) };
  answer(attempt);
  runtime.dispose();
}

/** A name; or, in JSON, what differs from the profile anton, or from plain if its namespaces are others. */
function profileOf(text: string): Profile {
  if (isProfileName(text)) return builtInProfiles[text];
  const parts = JSON.parse(text) as Partial<Profile>;
  return { ...(parts.namespaces ? builtInProfiles.plain : builtInProfiles.anton), ...parts };
}

function parsed(more: string): More {
  return JSON.parse(more) as More;
}

function failed(error: unknown): { failure: FailureData; words: Explanation } {
  if (!(error instanceof Failure)) throw error;
  const { step, code, subject } = error;
  const failure: FailureData = { step, code, ...(subject === undefined ? {} : { subject }) };
  const words = explain(failure, readMachine(), (text, ...values) =>
    text.replace(/\{(\d)\}/g, (_, i: string) => String(values[Number(i)])),
  );
  return { failure, words };
}

/** Opens descriptors until there is none left but so many. */
function takeAllBut(count: number): number[] {
  const taken: number[] = [];
  for (;;) {
    try {
      taken.push(fs.openSync('/dev/null', 'r'));
    } catch {
      for (const fd of taken.splice(-count, count)) fs.closeSync(fd);
      return taken;
    }
  }
}

void main();
