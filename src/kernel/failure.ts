import * as os from 'node:os';

/** A step that was refused while a terminal was made. Plain data survives structuredClone, so it crosses processes. */
export interface FailureData {
  /** What was attempted, as the log names it: a step of libanton, or one of TypeScript's own. */
  readonly step: string;
  /** Name of the errno, e.g. 'EPERM'; '' where no system call refused. */
  readonly code: string;
  /** What it was attempted on, if that helps: a path, a profile's name. */
  readonly subject?: string;
}

/** Thrown where a terminal cannot be made; the words for people are in ui/words/refusals.ts. */
export class Failure extends Error implements FailureData {
  readonly step: string;
  readonly code: string;
  readonly subject?: string;

  constructor(data: FailureData) {
    super([data.step, data.subject, data.code].filter(Boolean).join(': '));
    this.name = 'Failure';
    this.step = data.step;
    this.code = data.code;
    if (data.subject !== undefined) this.subject = data.subject;
  }

  /** Everything that is known of it, as plain data. */
  toData(): FailureData {
    return Object.assign({}, this as FailureData);
  }

  /** The failure again, of which another process sent the data. */
  static from(data: FailureData): Failure {
    return Object.assign(new Failure(data), data);
  }

  /** The failure that an exception of Node's fs stands for. */
  static of(step: string, error: unknown, subject?: string): Failure {
    const code = (error as NodeJS.ErrnoException | undefined)?.code ?? '';
    return new Failure({ step, code, ...(subject === undefined ? {} : { subject }) });
  }
}

/** 13 -> 'EACCES'; unknown numbers as 'errno 1234'. */
export function errnoName(errno: number): string {
  if (errno === 0) return '';
  const entry = Object.entries(os.constants.errno).find(([, value]) => value === Math.abs(errno));
  return entry?.[0] ?? `errno ${Math.abs(errno)}`;
}

/** 9 -> 'SIGKILL'; real-time signals as 'signal 35'. */
export function signalName(signal: number): string {
  const entry = Object.entries(os.constants.signals).find(([, value]) => value === signal);
  return entry?.[0] ?? `signal ${signal}`;
}
