import { checkMachine, type MachineReport } from '../../src/runtime/checkMachine';
import { LocalRuntime } from '../../src/runtime/localRuntime';
import { answer } from './helper';
import { refuseCall } from './seccomp';
import { scripts, sleep } from './support';
import { tracesOf, type Traces } from './traces';

/** A report, and what the check has left of itself. */
export interface Checked {
  readonly report: MachineReport;
  readonly before: Traces;
  readonly after: Traces;
}

/** `[ERRNO]`: checks the machine, after a filter refuses user namespaces with this errno. Prints a Checked. */
async function main(): Promise<void> {
  const [errno] = process.argv.slice(2);
  // Loads the libraries and starts the thread, which stay.
  await checkMachine(() => new LocalRuntime(scripts));
  if (errno !== undefined) refuseCall('clone', Number(errno));
  const before = await settled();
  const report = await checkMachine(() => new LocalRuntime(scripts));
  const checked: Checked = { report, before, after: await settled() };
  answer(checked);
}

/** The program of a network ends a moment after its terminal. */
async function settled(): Promise<Traces> {
  const deadline = Date.now() + 5000;
  for (;;) {
    const now = tracesOf(process.pid);
    if (now.children.length === 0 || Date.now() > deadline) return now;
    await sleep(20);
  }
}

void main();
