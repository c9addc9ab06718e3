import * as assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';
import { Group } from '../../src/host/group';
import { Host } from '../../src/host/host';
import type { HostEvent } from '../../src/host/protocol';
import type { Window } from '../../src/host/window';
import type { OpenRequest, Runtime, RuntimeEvent, TerminalId, TerminalInfo } from '../../src/runtime/runtime';

const id = 1 as TerminalId;
const request = { columns: 80, rows: 24 } as OpenRequest;
const data: RuntimeEvent = { type: 'data', id, data: 'late' };
const ended: RuntimeEvent = { type: 'ended', id, end: { code: 0 } };

/** A runtime that makes a terminal when it is told to, always with the same number. */
class SlowRuntime {
  readonly killed: TerminalId[] = [];
  say: (event: RuntimeEvent) => void = () => undefined;
  make: () => void = () => undefined;

  open(): Promise<TerminalInfo> {
    return new Promise((resolve) => (this.make = () => resolve({ id } as TerminalInfo)));
  }

  subscribe(listener: (event: RuntimeEvent) => void): { dispose(): void } {
    this.say = listener;
    return { dispose: () => undefined };
  }

  kill(which: TerminalId): void {
    this.killed.push(which);
  }

  acknowledge(): void {
    // Nothing waits.
  }
}

describe('a terminal whose window went while it was made', () => {
  let runtime: SlowRuntime;
  let host: Host;
  let told: HostEvent[];

  beforeEach(() => {
    runtime = new SlowRuntime();
    host = new Host(runtime as unknown as Runtime, () => undefined);
    told = [];
  });

  /** Opens one for a window that may go before it is made. */
  async function open(goes: boolean): Promise<unknown> {
    const window = { group: new Group('w', 60), tell: (event: HostEvent) => told.push(event) };
    host.connect(window as unknown as Window);
    const opening = host.open(window as unknown as Window, request);
    if (goes) host.disconnect(window as unknown as Window);
    runtime.make();
    return opening;
  }

  const refused = { step: 'attach', code: 'ESRCH' };

  it('is ended, and what it says later is not held for the next with its number', async () => {
    await assert.rejects(open(true), refused);
    assert.deepEqual(runtime.killed, [id]);
    for (const event of [data, ended]) runtime.say(event);
    await open(false);
    await turn();
    assert.deepEqual(told, []);
  });

  it('keeps the next with its number from nothing, if it has ended already', async () => {
    const opening = open(true);
    runtime.say(ended);
    await assert.rejects(opening, refused);
    assert.deepEqual(runtime.killed, []);
    await open(false);
    runtime.say(data);
    await turn();
    assert.deepEqual(told, [data]);
  });
});
