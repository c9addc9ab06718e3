import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import type { KeptInfo } from '../../src/host/protocol';
import { RemoteRuntime } from '../../src/host/remoteRuntime';
import { findSockets } from '../../src/host/sockets';
import { nativeFolder } from '../../src/kernel/native';
import type { End, OpenRequest, RuntimeEvent, TerminalId, TerminalInfo } from '../../src/runtime/runtime';
import { eventually, plain, request, scripts } from './support';

export const bundle = path.join(nativeFolder(), '..', '..', 'host.js');

/** A place for the runtime's process of one test, in which it is found and ended. */
export class Place {
  readonly folder = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'anton-host-')), 'sockets');
  private readonly windows: TestWindow[] = [];

  window(workspace = 'file:///project', more: Partial<Options> = {}): TestWindow {
    const window = new TestWindow({ folders: [this.folder], workspace, ...more });
    this.windows.push(window);
    return window;
  }

  /** PIDs of the runtime's processes that listen here. */
  hosts(): readonly number[] {
    return findSockets([this.folder]).map(({ pid }) => pid);
  }

  /** The one process that there is. */
  host(): number {
    const [pid, ...more] = this.hosts();
    assert.ok(pid !== undefined && more.length === 0, 'one process');
    return pid;
  }

  async remove(): Promise<void> {
    for (const window of this.windows) window.leave();
    for (const pid of this.hosts()) {
      try {
        process.kill(pid, 'SIGKILL');
      } catch {
        // It has ended by itself.
      }
      await eventually(() => !fs.existsSync(`/proc/${pid}`), `the end of ${pid}`);
    }
    fs.rmSync(path.dirname(this.folder), { recursive: true, force: true });
  }
}

export interface Options {
  readonly folders: readonly string[];
  readonly workspace: string;
  readonly earlier: readonly string[];
  readonly wait: number;
  readonly bundle: string;
  readonly isThere: () => Promise<boolean>;
}

/** A window without an editor: what it is told of its terminals. */
export class TestWindow {
  readonly runtime: RemoteRuntime;
  private readonly output = new Map<TerminalId, string>();
  private readonly ends = new Map<TerminalId, End>();

  constructor(options: Partial<Options> & Pick<Options, 'folders' | 'workspace'>) {
    this.runtime = new RemoteRuntime({
      wait: 60,
      bundle,
      scripts,
      isThere: () => Promise.resolve(true),
      ...options,
    });
    this.runtime.subscribe((event) => this.note(event));
  }

  open(command?: readonly string[], more: Partial<OpenRequest> = {}): Promise<TerminalInfo> {
    return this.runtime.open(request('anton', { ...(command ? { command } : {}), ...more }));
  }

  async shell(): Promise<TerminalInfo> {
    const info = await this.open();
    await this.sees(info.id, /anton> $/);
    return info;
  }

  type(id: TerminalId, line: string): void {
    this.runtime.write(id, `${line}\r`);
  }

  /** Takes what a lost window left, and draws it. */
  async comeBack(): Promise<readonly KeptInfo[]> {
    const kept = await this.runtime.claim();
    for (const { info } of kept) {
      const drawn = await this.runtime.attach(info.id, undefined);
      this.output.set(info.id, drawn + (this.output.get(info.id) ?? ''));
    }
    return kept;
  }

  text(id: TerminalId): string {
    return plain(this.output.get(id) ?? '');
  }

  async sees(id: TerminalId, pattern: RegExp): Promise<void> {
    await eventually(() => pattern.test(this.text(id)), `${pattern}; seen: ${JSON.stringify(this.text(id))}`);
  }

  async end(id: TerminalId): Promise<End> {
    await eventually(() => this.ends.has(id), 'the end');
    return this.ends.get(id) ?? { code: -1 };
  }

  /** As a window goes that is closed, or reloaded. */
  leave(): void {
    this.runtime.dispose();
  }

  private note(event: RuntimeEvent): void {
    if (event.type === 'data') this.output.set(event.id, (this.output.get(event.id) ?? '') + event.data);
    if (event.type === 'ended') this.ends.set(event.id, event.end);
  }
}
