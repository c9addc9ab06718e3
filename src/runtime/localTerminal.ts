import * as fs from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { Failure, signalName } from '../kernel/failure';
import { NativeLibrary, type NativeEvent } from '../kernel/native';
import { option, type NativeOp } from '../kernel/nativeSpec';
import { readStatus } from '../kernel/proc';
import { readStat } from '../kernel/processStat';
import { adoptPty, type AdoptedPty } from './adoptPty';
import { type LimitGroup, makeLimitGroup } from './limits';
import { micros } from './mapFile';
import { OutputWindow } from './outputWindow';
import { giveMaps } from './profileMaps';
import type { End, MapsWritten, MapWrite, StepRecord, TerminalInfo } from './runtime';
import type { Start } from './start';
import { callLeftOut, callOf } from './systemCalls';
import { connectUserNetwork, type UserNetwork } from './userNetwork';
import { writeMaps } from './writeMaps';

/** How long programs may take to end after SIGHUP, in milliseconds: a shell saves its history then. */
const graceAfterHangup = 500;

/** How long output may still be read after the end, and how often is asked whether there is more, in milliseconds. */
const graceForOutput = 5000;
const outputRound = 1;

export interface TerminalListener {
  data(data: string): void;
  ended(end: End): void;
}

/** One terminal of this process, from the request to its end. */
export class LocalTerminal {
  /** Start time of the first process, which tells it from a later one with its PID. */
  born: number | undefined;
  private readonly native: number;
  private readonly begin = process.hrtime.bigint();
  private readonly outerSteps: StepRecord[] = [];
  private readonly started: Promise<TerminalInfo>;
  private readonly finished: Promise<End>;
  private resolveStarted!: (info: TerminalInfo) => void;
  private rejectStarted!: (failure: Failure) => void;
  private resolveFinished!: (end: End) => void;
  private limitGroup: LimitGroup | undefined;
  private network: UserNetwork | undefined;
  private adopted: AdoptedPty | undefined;
  private refused: Failure | undefined;
  private master = -1;
  private slave = -1;
  private running = true;
  private window: OutputWindow | undefined;

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
    this.native = library.start(start.spec, (event) => {
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

  acknowledge(count: number, window: number | undefined): void {
    if (this.isConnected) this.window?.acknowledged(count, window);
  }

  resize(columns: number, rows: number): void {
    if (this.isConnected && columns > 0 && rows > 0) this.adopted?.pty.resize(columns, rows);
  }

  /** Writes to the map files of the first process. @throws Failure (ESRCH) if it has ended. */
  writeIdMaps(pid: number, writes: readonly MapWrite[]): MapsWritten {
    if (!this.running || this.born === undefined) throw new Failure({ step: 'write_id_maps', code: 'ESRCH' });
    return writeMaps({ pid, startTime: this.born }, writes, this.begin);
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
        if ((this.start.spec.options & option.wait) !== 0) void this.prepare(event.pid);
        return;
      case 'started':
        this.onStarted(event);
        return;
      case 'failed':
        this.running = false;
        this.release();
        this.rejectStarted(this.refused ?? this.failureOf(event));
        this.resolveFinished({ signal: 'SIGKILL' });
        return;
      case 'exited':
        void this.onExited(endOf(event.status));
    }
  }

  /** What has to be done from outside, while the first process waits. */
  private async prepare(pid: number): Promise<void> {
    const { id, maps, limits, userNetwork, person } = this.start;
    const record = (step: StepRecord): void => void this.outerSteps.push(step);
    try {
      if (limits) {
        this.limitGroup = makeLimitGroup(limits, `anton-${process.pid}-${id}`);
        this.limitGroup.add(pid);
      }
      if (maps) await giveMaps(pid, maps, person, record, this.begin);
      if (userNetwork) this.network = await connectUserNetwork(pid, this.library.guard);
      // Its end has come before there was a network to stop.
      if (!this.running) this.network?.stop();
      this.library.proceed(this.native);
    } catch (error) {
      this.refused = error instanceof Failure ? error : Failure.of('write_id_maps', error);
      this.kill();
    }
  }

  private onStarted(event: NativeEvent & { type: 'started' }): void {
    const { request, target } = this.start;
    this.born = readStat(event.pid)?.startTime;
    const adopted = adoptPty({ fd: event.master, pid: event.pid }, request.columns, request.rows);
    this.adopted = adopted;
    this.master = event.master;
    this.slave = event.slave;
    const window = new OutputWindow(request.window ?? Infinity, adopted.pty);
    this.window = window;
    adopted.pty.onData((data) => {
      window.sent(data.length);
      this.listener.data(data);
    });
    this.resolveStarted({
      id: this.start.id,
      name: request.name,
      profile: request.profile,
      command: this.start.spec.argv,
      cwd: this.start.spec.cwd,
      pid: event.pid,
      root: event.root,
      pids: readStatus(event.pid)?.pidChain ?? [event.pid],
      ...(request.join && 'terminal' in request.join ? { joined: request.join.terminal } : {}),
      ...(target ? { entered: { pid: target.process.pid, kinds: target.kinds } } : {}),
      ...(this.start.maps ?? { uidMap: [], gidMap: [] }),
      steps: this.steps(),
    });
  }

  private async onExited(end: End): Promise<void> {
    // What is left is not much more than the kernel holds, so nobody is asked whether it may come.
    if (this.isConnected) this.window?.open();
    const late = Date.now() + graceForOutput;
    while (this.hasMoreOutput && Date.now() < late) await sleep(outputRound);
    this.hangUp();
    this.running = false;
    this.release();
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

  /** Ends what belonged to the terminal outside of it. */
  private release(): void {
    this.network?.stop();
    void this.limitGroup?.remove();
  }

  private get isConnected(): boolean {
    return this.master >= 0;
  }

  private get hasMoreOutput(): boolean {
    return this.isConnected && (this.library.isReadable(this.master) || this.adopted?.holdsBack() === true);
  }

  /** The native steps and the writes of the maps, in the order in which they began. */
  private steps(): readonly StepRecord[] {
    const entersTime = (this.start.spec.options & option.enter) !== 0;
    const facts = { ...this.start.spec, entersTime };
    const native = this.library.steps(this.native).map((step) => ({
      step: step.step,
      call: callOf(step, facts),
      code: step.code,
      begin: micros(step.begin - this.begin),
      duration: micros(step.end - step.begin),
    }));
    return [...this.leftOut(), ...native, ...this.outerSteps].sort((a, b) => a.begin - b.begin);
  }

  private leftOut(): readonly StepRecord[] {
    const same = this.start.target?.same ?? [];
    if (same.length === 0) return [];
    return [{ step: 'same_namespaces', call: callLeftOut(same), code: '', begin: 0, duration: 0 }];
  }

  private failureOf({ step, code, op }: NativeEvent & { type: 'failed' }): Failure {
    const { file, cwd, joinPid } = this.start.spec;
    // It was there when the request came, and ended before its namespaces were open.
    if (step === 'open_namespaces' && (code === 'ESRCH' || code === 'ENOENT'))
      return new Failure({ step: 'join_process', code: 'ESRCH', subject: String(joinPid) });
    const subjects: Record<string, string | undefined> = { execve: file, chdir: cwd };
    const subject = subjects[step] ?? (op && subjectOf(op));
    return new Failure({ step, code, ...(subject === undefined ? {} : { subject }) });
  }
}

/** What an operation is done to: a mount's target, any other's path. */
function subjectOf({ kind, texts }: NativeOp): string | undefined {
  return kind === 'mount' || kind === 'symlink' ? texts[1] : texts[0];
}

/** A status as wait(2) gives it. */
function endOf(status: number): End {
  const signal = status & 0x7f;
  return signal === 0 ? { code: (status >> 8) & 0xff } : { signal: signalName(signal) };
}
