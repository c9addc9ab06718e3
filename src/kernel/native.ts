import * as fs from 'node:fs';
import * as net from 'node:net';
import * as path from 'node:path';
import { errnoName, Failure } from './failure';
import type { NamespaceKind } from './kinds';
import { bind } from './nativeBinding';
import { type NativeOp, type NativeSpec, structOf } from './nativeSpec';

/** What the anton thread tells of one terminal, in this order: cloned, started, exited; or failed instead. */
export type NativeEvent =
  | { readonly type: 'cloned'; readonly pid: number; readonly root: number }
  | {
      readonly type: 'started';
      readonly pid: number;
      readonly root: number;
      readonly master: number;
      readonly slave: number;
    }
  | {
      readonly type: 'failed';
      readonly step: string;
      readonly code: string;
      readonly op: NativeOp | undefined;
    }
  /** `status` as wait(2) gives it, -1 if unknown. */
  | { readonly type: 'exited'; readonly status: number };

/** One step, times in nanoseconds of CLOCK_MONOTONIC (what process.hrtime counts). */
export interface NativeStep {
  readonly step: string;
  readonly code: string;
  /** What the system call returned: a PID, a descriptor, 0; a negative errno. Of setns see `enteredKinds`. */
  readonly result: number;
  /** The operation, if the step is one. */
  readonly op?: NativeOp;
  readonly begin: bigint;
  readonly end: bigint;
}

const mostSteps = 160;
const stepSize = 32;
const firstOpStep = 256;
const eventSize = 36;
const eventTypes = ['cloned', 'started', 'failed', 'exited'] as const;

/** The digits that stand for kinds in the result of the step setns, from 1 on. */
const enterable: readonly NamespaceKind[] = ['user', 'pid', 'mnt', 'uts', 'ipc', 'net', 'cgroup'];

/** The kinds that a step setns entered, in their order. */
export function enteredKinds({ result }: Pick<NativeStep, 'result'>): readonly NamespaceKind[] {
  const digits = result > 0 ? String(result) : '';
  return digits.split('').flatMap((digit) => enterable[Number(digit) - 1] ?? []);
}

/** The folder with libanton.so and the programs: native/linux-ARCH beside the bundle, or above it for tests. */
export function nativeFolder(): string {
  const wanted = path.join('native', `linux-${process.arch}`);
  for (let folder = __dirname, i = 0; i < 5; folder = path.dirname(folder), i++) {
    if (fs.existsSync(path.join(folder, wanted, 'libanton.so'))) return path.join(folder, wanted);
  }
  throw new Failure({ step: 'load_library', code: 'ENOENT', subject: wanted });
}

type Listener = (event: NativeEvent) => void;

interface Begun {
  readonly listener: Listener;
  readonly ops: readonly NativeOp[];
}

/**
 * libanton as TypeScript sees it. Its calls return at once; what happens arrives as events on the main thread.
 * One per process: `NativeLibrary.load()`.
 */
export class NativeLibrary {
  private static loaded: NativeLibrary | undefined;
  private readonly begun = new Map<number, Begun>();
  private readonly functions: ReturnType<typeof bind>;
  private readonly socket: net.Socket;
  /** Absolute path of anton-guard. */
  readonly guard: string;
  private pending: Buffer = Buffer.alloc(0);

  /** @throws Failure if the library is missing, of another architecture, or its thread cannot start. */
  static load(): NativeLibrary {
    return (this.loaded ??= new NativeLibrary());
  }

  private constructor() {
    const folder = nativeFolder();
    this.guard = path.join(folder, 'anton-guard');
    try {
      this.functions = bind(path.join(folder, 'libanton.so'));
    } catch (error) {
      throw new Failure({ step: 'load_library', code: '', subject: String(error) });
    }
    const fd = check('start_thread', this.functions.open());
    this.socket = new net.Socket({ fd, readable: true, writable: false });
    this.socket.on('data', (chunk: Buffer) => {
      this.receive(chunk);
    });
    this.socket.unref();
  }

  /**
   * Begins to make a terminal; `listener` hears of it until it has failed or exited.
   * @returns its id, for the other calls.
   */
  start(spec: NativeSpec, listener: Listener): number {
    const id = check('start', this.functions.start(structOf(spec, this.guard)));
    this.begun.set(id, { listener, ops: spec.ops });
    // A terminal that runs keeps the process alive, as a child process of Node's does.
    this.socket.ref();
    return id;
  }

  /** Lets the first process go on, once its id maps are written. */
  proceed(id: number): void {
    check('proceed', this.functions.proceed(id));
  }

  /** SIGKILL to everything in the terminal. Nothing happens if it has ended. */
  kill(id: number): void {
    this.functions.kill(id);
  }

  steps(id: number): readonly NativeStep[] {
    const buffer = Buffer.alloc(mostSteps * stepSize);
    const count = Math.max(0, this.functions.steps(id, buffer, mostSteps));
    return Array.from({ length: count }, (_, i) => {
      const number = buffer.readInt32LE(i * stepSize);
      const op = this.begun.get(id)?.ops[number - firstOpStep];
      return {
        step: this.stepName(id, number),
        code: errnoName(buffer.readInt32LE(i * stepSize + 4)),
        result: Number(buffer.readBigInt64LE(i * stepSize + 8)),
        begin: buffer.readBigInt64LE(i * stepSize + 16),
        end: buffer.readBigInt64LE(i * stepSize + 24),
        ...(op ? { op } : {}),
      };
    });
  }

  /** Whether a read of this descriptor would return something now. */
  isReadable(fd: number): boolean {
    return this.functions.readable(fd) !== 0;
  }

  /** The uid at the other end of a Unix socket, as SO_PEERCRED has it (unix(7)). @throws Failure */
  peerUid(fd: number): number {
    return check('peer_uid', Number(this.functions.peerUid(fd)));
  }

  private receive(chunk: Buffer): void {
    this.pending = this.pending.length > 0 ? Buffer.concat([this.pending, chunk]) : chunk;
    while (this.pending.length >= eventSize) {
      const record = this.pending.subarray(0, eventSize);
      this.pending = this.pending.subarray(eventSize);
      this.dispatch(record);
    }
  }

  /** Reads one struct anton_event. */
  private dispatch(record: Buffer): void {
    const field = (index: number): number => record.readInt32LE(index * 4);
    const id = field(1);
    const event = this.eventOf(eventTypes[field(0) - 1], id, field);
    const begun = this.begun.get(id);
    if (!event || !begun) return;
    try {
      begun.listener(event);
    } finally {
      if (event.type === 'failed' || event.type === 'exited') this.forget(id);
    }
  }

  private forget(id: number): void {
    this.functions.forget(id);
    this.begun.delete(id);
    if (this.begun.size === 0) this.socket.unref();
  }

  private stepName(id: number, step: number): string {
    const op = this.begun.get(id)?.ops[step - firstOpStep];
    return op?.step ?? this.functions.stepName(step) ?? '';
  }

  private eventOf(
    type: NativeEvent['type'] | undefined,
    id: number,
    field: (index: number) => number,
  ): NativeEvent | undefined {
    switch (type) {
      case 'cloned':
        return { type, pid: field(2), root: field(8) };
      case 'started':
        return { type, pid: field(2), root: field(8), master: field(3), slave: field(4) };
      case 'failed':
        return {
          type,
          step: this.stepName(id, field(5)),
          code: errnoName(field(6)),
          op: this.begun.get(id)?.ops[field(5) - firstOpStep],
        };
      case 'exited':
        return { type, status: field(7) };
      case undefined:
        return undefined;
    }
  }
}

function check(step: string, result: number): number {
  if (result < 0) throw new Failure({ step, code: errnoName(result) });
  return result;
}
