import * as os from 'node:os';
import * as path from 'node:path';
import { LocalRuntime } from '../../src/runtime/localRuntime';
import { builtInProfiles, profileNames, type ProfileName } from '../../src/runtime/profiles';
import type { End, OpenRequest, RuntimeEvent, TerminalInfo } from '../../src/runtime/runtime';
import { nativeFolder } from '../../src/kernel/native';

/** The shells' start-up files, beside dist in the checkout and where the tests are staged for another user. */
export const scripts = path.join(nativeFolder(), '..', '..', '..', 'media', 'shell');

/** How long a test waits for what must come, in milliseconds. */
const patience = 20_000;

/** A terminal that joins another is made in a way of its own, so it counts as one more profile. */
export type Way = ProfileName | 'joined';
export const ways: readonly Way[] = [...profileNames, 'joined'];

/** A runtime whose terminals can be waited for. */
export class TestRuntime extends LocalRuntime {
  private readonly output = new Map<number, string>();
  private readonly ends = new Map<number, End>();
  private readonly wakers = new Set<() => void>();

  constructor() {
    super(scripts);
    this.subscribe((event) => {
      this.note(event);
      for (const wake of this.wakers) wake();
    });
  }

  /** Runs a program in a terminal to its end. */
  async run(
    profile: ProfileName,
    command: readonly string[],
    more: Partial<OpenRequest> = {},
  ): Promise<{ info: TerminalInfo; output: string; end: End }> {
    const info = await this.open(request(profile, { command, ...more }));
    const end = await this.end(info);
    return { info, output: this.outputOf(info), end };
  }

  /** Opens a terminal with a shell and waits for its prompt. */
  async shell(profile: ProfileName, more: Partial<OpenRequest> = {}): Promise<TerminalInfo> {
    const info = await this.open(request(profile, more));
    await this.waitFor(info, /anton> $/);
    return info;
  }

  /** Drops what a terminal has printed so far, which would fill the memory otherwise. */
  forget(info: TerminalInfo): void {
    this.output.delete(info.id);
  }

  outputOf(info: TerminalInfo): string {
    return this.output.get(info.id) ?? '';
  }

  /** Types a line and returns what it printed, up to the next prompt. */
  async type(info: TerminalInfo, line: string): Promise<string> {
    const before = this.outputOf(info).length;
    this.write(info.id, `${line}\r`);
    const printed = (): string => plain(this.outputOf(info).slice(before));
    await this.until(() => printed().endsWith('anton> '), `a prompt after ${line}`, info);
    return printed().split('\n').slice(1, -1).join('\n');
  }

  /** Opens a terminal in any of the ways; for a joined one, the one that it joins comes first. */
  async openIn(way: Way, more: Partial<OpenRequest> = {}): Promise<TerminalInfo> {
    if (way !== 'joined') return this.open(request(way, more));
    const host = await this.open(request('anton', { command: ['sleep', 'infinity'] }));
    return this.open(request('anton', { ...more, join: { terminal: host.id } }));
  }

  /** Closes every terminal that is still open. */
  async closeAll(): Promise<void> {
    await Promise.all(this.list().map((info) => this.close(info.id)));
  }

  /** Ends a terminal, and the one that it joined. */
  async endAll(info: TerminalInfo): Promise<End> {
    await this.close(info.id);
    if (info.joined !== undefined) await this.close(info.joined);
    return this.end(info);
  }

  async waitFor(info: TerminalInfo, pattern: RegExp): Promise<string> {
    await this.until(() => pattern.test(plain(this.outputOf(info))), String(pattern), info);
    return plain(this.outputOf(info));
  }

  async end(info: TerminalInfo): Promise<End> {
    await this.until(() => this.ends.has(info.id), 'the end', info);
    return this.ends.get(info.id) ?? { code: -1 };
  }

  private note(event: RuntimeEvent): void {
    if (event.type === 'data') this.output.set(event.id, (this.output.get(event.id) ?? '') + event.data);
    if (event.type === 'ended') this.ends.set(event.id, event.end);
  }

  private async until(done: () => boolean, what: string, info: TerminalInfo): Promise<void> {
    const deadline = Date.now() + patience;
    while (!done()) {
      if (Date.now() > deadline) {
        throw new Error(`waited in vain for ${what}; seen: ${JSON.stringify(this.outputOf(info))}`);
      }
      await new Promise<void>((resolve) => {
        const wake = (): void => {
          clearTimeout(timer);
          this.wakers.delete(wake);
          resolve();
        };
        const timer = setTimeout(wake, 100);
        this.wakers.add(wake);
      });
    }
  }
}

export function request(profile: ProfileName, more: Partial<OpenRequest> = {}): OpenRequest {
  const env = Object.fromEntries(
    Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
  return {
    name: 'test',
    profile: builtInProfiles[profile],
    cwd: os.tmpdir(),
    shell: '/bin/sh',
    env: { ...env, TERM: 'xterm-256color' },
    columns: 100,
    rows: 30,
    ...more,
  };
}

// eslint-disable-next-line no-control-regex -- escape sequences are made of control characters
const escapeSequence = /\x1b(\[[0-9;?>=]*[a-zA-Z]|\][^\x07\x1b]*(\x07|\x1b\\)|[()][A-Z0-9]|[=>])/g;

/** Terminal output as a person reads it: without escape sequences, lines ended by \n. */
export function plain(output: string): string {
  return output.replace(escapeSequence, '').replace(/\r/g, '');
}

/** Asks again and again until there is an answer; fails after a while, saying what it waited for. */
export async function eventually<T>(
  ask: () => T | undefined | false | Promise<T | undefined | false>,
  what: string,
): Promise<T> {
  const deadline = Date.now() + patience;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) return answer;
    if (Date.now() > deadline) throw new Error(`waited in vain for ${what}`);
    await sleep(10);
  }
}

export async function sleep(milliseconds: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, milliseconds));
}
