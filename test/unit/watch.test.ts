import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { scanMachine } from '../scanMachine';
import { Emitter } from '../../src/kernel/emitter';
import { readNamespaces } from '../../src/kernel/proc';
import type { RuntimeEvent, TerminalInfo } from '../../src/runtime/runtime';
import { MachineWatcher } from '../../src/ui/machineWatch';
import { SnapshotWatcher, type WatchedTerminal } from '../../src/ui/watch';
import { terminalInfo } from './facts';

/** A runtime whose terminals are processes that a test started. */
class Terminals {
  readonly events = new Emitter<RuntimeEvent>();
  readonly infos: TerminalInfo[] = [];
  asked = 0;

  list(): readonly TerminalInfo[] {
    this.asked++;
    return [...this.infos];
  }

  subscribe(listener: (event: RuntimeEvent) => void): { dispose(): void } {
    return this.events.event(listener);
  }

  open(pid: number): void {
    const info = terminalInfo(this.infos.length + 1, { pid, root: pid });
    this.infos.push(info);
    this.events.fire({ type: 'opened', info });
  }
}

describe('the watcher of terminals', () => {
  const cleanUp: (() => void)[] = [];
  afterEach(() => cleanUp.splice(0).forEach((each) => each()));

  function watch(): { terminals: Terminals; watcher: SnapshotWatcher; seen: (readonly WatchedTerminal[])[] } {
    const terminals = new Terminals();
    const machine = new MachineWatcher((before) => scanMachine({}, before));
    const watcher = new SnapshotWatcher(terminals, machine, readNamespaces('self'));
    const seen: (readonly WatchedTerminal[])[] = [];
    watcher.onDidChange((each) => seen.push(each));
    cleanUp.push(() => watcher.dispose());
    cleanUp.push(() => machine.dispose());
    return { terminals, watcher, seen };
  }

  async function sleeper(): Promise<number> {
    const child = spawn('sleep', ['60']);
    cleanUp.push(() => child.kill('SIGKILL'));
    await once(child, 'spawn');
    return child.pid ?? assert.fail('sleep did not start');
  }

  it('does nothing while nobody looks', async () => {
    const { terminals, seen } = watch();
    terminals.open(await sleeper());
    await delay(50);
    assert.deepEqual([terminals.asked, seen.length], [0, 0]);
  });

  it('reads at once when somebody looks, and once more only when something changed', async () => {
    const { terminals, watcher, seen } = watch();
    terminals.open(await sleeper());
    cleanUp.push(() => held.dispose());
    const held = watcher.hold();
    await delay(1300);
    assert.equal(seen.length, 1);
    assert.equal(seen[0]?.[0]?.snapshot?.processes.length, 1);
    assert.ok(terminals.asked > 3, 'the second reading has to have been');
  });

  it('reads at once when a terminal opened, and when it ended', async () => {
    const { terminals, watcher, seen } = watch();
    watcher.hold();
    terminals.open(await sleeper());
    await delay(100);
    assert.equal(seen.at(-1)?.length, 1);
    const [info] = terminals.infos.splice(0);
    assert.ok(info);
    terminals.events.fire({ type: 'ended', id: info.id, end: { code: 0 } });
    await delay(100);
    assert.equal(seen.at(-1)?.length, 0);
  });

  it('stops when the last one looks away', async () => {
    const { terminals, watcher } = watch();
    const held = [watcher.hold(), watcher.hold()];
    await delay(50);
    held[0]?.dispose();
    held[0]?.dispose();
    terminals.open(await sleeper());
    await delay(50);
    assert.equal(watcher.current()[0]?.snapshot?.processes.length, 1);
    held[1]?.dispose();
    const { asked } = terminals;
    await delay(1200);
    assert.equal(terminals.asked, asked);
  });

  it('lets the event loop go on while it reads many terminals', async () => {
    const { terminals, watcher, seen } = watch();
    const pid = await sleeper();
    for (let i = 0; i < 300; i++) terminals.open(pid);
    let turns = 0;
    const count = (): void => {
      turns++;
      if (seen.length === 0) setImmediate(count);
    };
    watcher.hold();
    setImmediate(count);
    while (seen.length === 0) await delay(5);
    assert.ok(turns > 5, `${turns} turns`);
  });
});
