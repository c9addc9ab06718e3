import { Failure, signalName } from '../kernel/failure';
import { cloneFlags } from '../kernel/kinds';
import { NativeLibrary, option, type NativeEvent, type NativeSpec } from '../kernel/native';
import { adoptPty, type AdoptedPty } from './adoptPty';
import { micros, rootMaps, writeIdMaps } from './idMaps';
import type { End, OpenRequest, StepRecord, TerminalId, TerminalInfo } from './runtime';

/** How long programs may take to end after SIGHUP, in milliseconds: a shell saves its history then. */
const graceAfterHangup = 500;

/** How long output may still be read after the first process's end, in milliseconds. */
const graceForOutput = 5000;

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
  private outputEnded: Promise<void> = Promise.resolve();
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
    if (this.running) this.adopted?.pty.write(data);
  }

  resize(columns: number, rows: number): void {
    if (this.running && columns > 0 && rows > 0) this.adopted?.pty.resize(columns, rows);
  }

  kill(): void {
    this.library.kill(this.native);
  }

  /** Closing the master hangs up: SIGHUP to the session's leader and its foreground processes (tty_ioctl(4)). */
  async close(): Promise<void> {
    if (!this.running) return;
    (this.adopted?.pty as { destroy?: () => void } | undefined)?.destroy?.();
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
    adopted.pty.onData((data) => {
      this.listener.data(data);
    });
    // 'close' comes when the last program that had the terminal open is gone and all its output has been read.
    this.outputEnded = new Promise((resolve) => {
      (adopted.pty as unknown as NodeJS.EventEmitter).on('close', () => {
        resolve();
      });
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
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, graceForOutput)));
    await Promise.race([this.outputEnded, late]);
    clearTimeout(timer);
    this.running = false;
    this.adopted?.exited();
    this.listener.ended(end);
    this.resolveFinished(end);
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
