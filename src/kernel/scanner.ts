import { type ChildProcess, spawn } from 'node:child_process';
import * as path from 'node:path';
import { Failure } from './failure';
import { nativeFolder } from './native';
import { ScanResult } from './scanResult';

/** How long the scanner waits for the next scan before it ends, in milliseconds. */
const patience = 60_000;

/** How long a scan may take, in milliseconds: one of ten thousand processes takes a second on a slow machine. */
const longest = 60_000;

/** Bytes of a uint32_t. */
const wordSize = 4;

/**
 * Scans the machine by anton-scan, a process of its own: what goes wrong in it ends nobody else, and its scans take no
 * turns of this process. It is started by the first scan and remembers what has not changed since the last one. It ends
 * when no scan was asked for in a minute, and with this process.
 */
export class Scanner {
  private running: RunningScanner | undefined;
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly longestScan = longest) {}

  /**
   * Milliseconds, or tenths of a second where there are ten thousand processes.
   * @param options bits of `scanOption`
   * @throws Failure (scan) if the scanner cannot be started, has crashed or hangs, or there is no /proc or no memory.
   */
  async scan(options: number): Promise<ScanResult> {
    clearTimeout(this.timer);
    try {
      if (!this.running?.isThere) this.running = new RunningScanner(this.longestScan);
      return await this.running.scan(options);
    } finally {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.dispose(), patience).unref();
    }
  }

  /** Ends the process; the next scan starts another. */
  dispose(): void {
    clearTimeout(this.timer);
    this.running?.end();
    this.running = undefined;
  }
}

interface Asked {
  resolve(result: ScanResult): void;
  reject(failure: Failure): void;
}

class RunningScanner {
  private readonly child: ChildProcess;
  private readonly asked: Asked[] = [];
  /** The size of the answer that comes, as far as it is known, and the answer. */
  private readonly size = new Uint8Array(wordSize);
  private answer: Uint8Array<ArrayBuffer> | undefined;
  private filled = 0;
  private watchdog: NodeJS.Timeout | undefined;
  isThere = true;

  /** @throws Failure for what Node tells at once; the rest is told to the first scan. */
  constructor(private readonly longestScan: number) {
    const program = path.join(nativeFolder(), 'anton-scan');
    try {
      this.child = spawn(program, [], { stdio: ['pipe', 'pipe', 'ignore'], env: {} });
    } catch (error) {
      throw Failure.of('scan', error, program);
    }
    this.child.stdout?.on('data', (chunk: Buffer) => this.receive(chunk));
    // What cannot be written because it has ended is told by its end.
    this.child.stdin?.on('error', () => undefined);
    this.child.once('error', (error: NodeJS.ErrnoException) => this.fail(error.code ?? '', error.message));
    this.child.once('close', (code, signal) => this.fail('', `anton-scan: ${signal ?? String(code)}`));
    this.hold(false);
  }

  scan(options: number): Promise<ScanResult> {
    const bytes = Buffer.alloc(wordSize);
    bytes.writeUInt32LE(options);
    return new Promise((resolve, reject) => {
      this.asked.push({ resolve, reject });
      this.hold(true);
      this.watchdog ??= setTimeout(() => this.giveUp(), this.longestScan);
      this.child.stdin?.write(bytes);
    });
  }

  /** It has nothing to lose, and might not hear anything else. */
  end(): void {
    this.isThere = false;
    this.child.kill('SIGKILL');
  }

  /** It may have been stopped, or wait for a file system that does not answer. */
  private giveUp(): void {
    this.fail('ETIMEDOUT', '');
    this.end();
  }

  /** While a scan is waited for, it keeps this process alive. */
  private hold(isWaiting: boolean): void {
    // Where no descriptor was left, there are no streams.
    const held = [this.child, this.child.stdin, this.child.stdout] as readonly (
      Partial<NodeJS.RefCounted> | undefined
    )[];
    for (const each of held) {
      if (isWaiting) each?.ref?.();
      else each?.unref?.();
    }
  }

  private receive(chunk: Buffer): void {
    for (let rest = chunk; rest.length > 0;) {
      const target = this.answer ?? this.size;
      const part = rest.subarray(0, target.length - this.filled);
      target.set(part, this.filled);
      this.filled += part.length;
      rest = rest.subarray(part.length);
      if (this.filled === target.length) this.finish();
    }
  }

  /** The size is there, or the answer. */
  private finish(): void {
    this.filled = 0;
    const { answer } = this;
    this.answer = undefined;
    if (answer) {
      this.next()?.resolve(new ScanResult(answer.buffer));
      return;
    }
    const size = Buffer.from(this.size).readUInt32LE();
    if (size > 0) this.answer = new Uint8Array(size);
    else this.next()?.reject(new Failure({ step: 'scan', code: '' }));
  }

  private next(): Asked | undefined {
    const first = this.asked.shift();
    clearTimeout(this.watchdog);
    this.watchdog = this.asked.length > 0 ? setTimeout(() => this.giveUp(), this.longestScan) : undefined;
    if (this.asked.length === 0) this.hold(false);
    return first;
  }

  private fail(code: string, subject: string): void {
    this.isThere = false;
    for (let asked = this.next(); asked; asked = this.next())
      asked.reject(new Failure({ step: 'scan', code, subject }));
  }
}
