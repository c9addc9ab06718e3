import * as fs from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { Failure, signalName } from '../kernel/failure';
import { cloneFlags } from '../kernel/kinds';
import { NativeLibrary, option, type NativeEvent, type NativeSpec } from '../kernel/native';
import { adoptPty, type AdoptedPty } from './adoptPty';
import { micros, rootMaps, writeIdMaps } from './idMaps';
import type { End, OpenRequest, StepRecord, TerminalId, TerminalInfo } from './runtime';

/** How long programs may take to end after SIGHUP, in milliseconds: a shell saves its history then. */
const graceAfterHangup = 500;

/** How long output may still be read after the end, and how often is asked whether there is more, in milliseconds. */
const graceForOutput = 5000;
const outputRound = 1;

/** What a request comes down to: an executable and its arguments, in namespaces to make or to join. */
export interface Start {
  readonly id: TerminalId;
  readonly request: OpenRequest;
  readonly file: string;
  readonly argv: readonly string[];
  readonly envp: readonly string[];
  readonly join?: { readonly pid: number; readonly namespaces: number };
}

export interface TerminalListener {
  data(data: string): void;
  ended(end: End): void;
}

/** One terminal of this process, from the request to its end. */
export class LocalTerminal {
  private readonly native: number;
  private readonly begin = process.hrtime.bigint();
  private readonly mapSteps: StepRecord[] = [];
  private readonly started: Promise<TerminalInfo>;
  private readonly finished: Promise<End>;
  private resolveStarted!: (info: TerminalInfo) => void;
  private rejectStarted!: (failure: Failure) => void;
  private resolveFinished!: (end: End) => void;
  private adopted: AdoptedPty | undefined;
  private refused: Failure | undefined;
  private master = -1;
  private slave = -1;
  private running = true;

  constructor(
    private readonly library: NativeLibrary,
    private readonly start: Start,
    private readonly listener: TerminalListener,
  ) {
    this.started = new Promise((resolve, reject) => {
      this.resolveStarted = resolve;
      this.rejectStarted = reject;
    });
    this.finished = new Promise((resolve) => (this.resolveFinished = resolve));
    this.native = library.start(specOf(start), (event) => {
      this.handle(event);
    });
  }

  /** Resolves when the program runs. @throws Failure, after everything half-made is gone. */
  opened(): Promise<TerminalInfo> {
    return this.started;
  }

  write(data: string): void {
    if (this.isConnected) this.adopted?.pty.write(data);
  }

  resize(columns: number, rows: number): void {
    if (this.isConnected && columns > 0 && rows > 0) this.adopted?.pty.resize(columns, rows);
  }

  kill(): void {
    this.library.kill(this.native);
  }

  /** Hangs up, and ends whatever is still there after a while. */
  async close(): Promise<void> {
    if (!this.running) return;
    this.hangUp();
    const late = setTimeout(() => {
      this.kill();
    }, graceAfterHangup);
    await this.finished;
    clearTimeout(late);
  }

  private handle(event: NativeEvent): void {
    switch (event.type) {
      case 'cloned':
        this.writeMaps(event.pid);
        return;
      case 'started':
        this.onStarted(event);
        return;
      case 'failed':
        this.running = false;
        this.rejectStarted(this.refused ?? this.failureOf(event));
        this.resolveFinished({ signal: 'SIGKILL' });
        return;
      case 'exited':
        void this.onExited(endOf(event.status));
    }
  }

  private writeMaps(pid: number): void {
    if (!waitsForMaps(this.start)) return;
    try {
      const maps = rootMaps(process.geteuid?.() ?? 0, process.getegid?.() ?? 0);
      writeIdMaps(pid, maps, (step) => this.mapSteps.push(step), this.begin);
      this.library.proceed(this.native);
    } catch (error) {
      this.refused = error instanceof Failure ? error : Failure.of('write_id_maps', error);
      this.kill();
    }
  }

  private onStarted(event: NativeEvent & { type: 'started' }): void {
    const { request } = this.start;
    const adopted = adoptPty({ fd: event.master, pid: event.pid }, request.columns, request.rows);
    this.adopted = adopted;
    this.master = event.master;
    this.slave = event.slave;
    adopted.pty.onData((data) => {
      this.listener.data(data);
    });
    const maps = waitsForMaps(this.start)
      ? rootMaps(process.geteuid?.() ?? 0, process.getegid?.() ?? 0)
      : { uidMap: [], gidMap: [] };
    this.resolveStarted({
      id: this.start.id,
      name: request.name,
      profile: request.profile,
      command: this.start.argv,
      cwd: request.cwd,
      pid: event.pid,
      root: event.root,
      ...(request.join === undefined ? {} : { joined: request.join }),
      ...maps,
      steps: this.steps(),
    });
  }

  private async onExited(end: End): Promise<void> {
    const late = Date.now() + graceForOutput;
    while (this.hasMoreOutput && Date.now() < late) await sleep(outputRound);
    this.hangUp();
    this.running = false;
    this.listener.ended(end);
    this.resolveFinished(end);
  }

  /**
   * Closes both ends of the pty. The slave is kept open until then, because libuv takes the hang-up of the last program
   * for the end of the output, although the kernel still has some of it (uv__stream_io in src/unix/stream.c).
   */
  private hangUp(): void {
    if (!this.isConnected) return;
    this.master = -1;
    this.adopted?.hangUp();
    fs.closeSync(this.slave);
  }

  private get isConnected(): boolean {
    return this.master >= 0;
  }

  private get hasMoreOutput(): boolean {
    return this.isConnected && (this.library.isReadable(this.master) || this.adopted?.holdsBack() === true);
  }

  /** The native steps and the writes of the maps, in the order in which they began. */
  private steps(): readonly StepRecord[] {
    const native = this.library.steps(this.native).map((step) => ({
      step: step.step,
      code: step.code,
      begin: micros(step.begin - this.begin),
      duration: micros(step.end - step.begin),
    }));
    return [...native, ...this.mapSteps].sort((a, b) => a.begin - b.begin);
  }

  private failureOf(event: NativeEvent & { type: 'failed' }): Failure {
    const subjects: Record<string, string> = { execve: this.start.file, chdir: this.start.request.cwd };
    const subject = subjects[event.step];
    return new Failure({ step: event.step, code: event.code, ...(subject === undefined ? {} : { subject }) });
  }
}

function waitsForMaps(start: Start): boolean {
  return start.join === undefined && start.request.profile.map !== 'none';
}

function specOf(start: Start): NativeSpec {
  const { request, join } = start;
  const { profile } = request;
  const guarded = join !== undefined || !profile.namespaces.includes('pid');
  let options = guarded ? option.guard : 0;
  if (waitsForMaps(start)) options |= option.wait;
  if (!join && profile.namespaces.includes('mnt')) options |= option.private;
  if (!join && profile.freshProc) options |= option.proc;
  return {
    namespaces: join ? 0 : cloneFlags(profile.namespaces),
    join: join?.namespaces ?? 0,
    joinPid: join?.pid ?? 0,
    options,
    rows: request.rows,
    columns: request.columns,
    hostname: join ? null : (profile.hostname ?? null),
    cwd: request.cwd,
    file: start.file,
    argv: start.argv,
    envp: start.envp,
  };
}

/** A status as wait(2) gives it. */
function endOf(status: number): End {
  const signal = status & 0x7f;
  return signal === 0 ? { code: (status >> 8) & 0xff } : { signal: signalName(signal) };
}
