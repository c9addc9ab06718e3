import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import * as path from 'node:path';
import * as readline from 'node:readline';

/** The bundle of a helper: a program that a test runs in a process of its own. */
export function helperFile(name: string): string {
  return path.join(__dirname, `${name}.helper.js`);
}

const running = new Set<ChildProcess>();

/** Ends what a failing test left. */
export function killHelpers(): void {
  for (const helper of running) helper.kill('SIGKILL');
}

/** A helper that runs: it prints one JSON value a line. */
export class Helper {
  readonly process: ChildProcess;
  private readonly lines: AsyncIterator<string>;

  /** @param prefix a command that executes the helper in other circumstances: `unshare -Ur`. */
  constructor(name: string, args: readonly string[], prefix: readonly string[] = []) {
    const [command = '', ...rest] = [...prefix, process.execPath, helperFile(name), ...args];
    this.process = spawn(command, rest, { stdio: ['ignore', 'pipe', 'inherit'] });
    running.add(this.process);
    this.process.once('exit', () => running.delete(this.process));
    if (!this.process.stdout) throw new Error('no output to read');
    this.lines = readline.createInterface({ input: this.process.stdout })[Symbol.asyncIterator]();
  }

  async next<T>(): Promise<T> {
    const line = await this.lines.next();
    if (line.done) throw new Error('the helper has ended without an answer');
    return JSON.parse(line.value) as T;
  }

  /** Ends it with a signal, or waits for its own end. */
  async end(signal?: NodeJS.Signals): Promise<void> {
    const runs = this.process.exitCode === null && this.process.signalCode === null;
    if (signal) this.process.kill(signal);
    if (runs) await once(this.process, 'exit');
  }
}

/** What a helper prints. */
export function answer(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}
