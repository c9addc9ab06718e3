import * as fs from 'node:fs';
import { Failure } from '../kernel/failure';
import type { MapWrite, StepRecord } from './runtime';

/**
 * Writes to a map file of a process, with the one write(2) that the kernel takes. It takes some microseconds and never
 * waits, so it is synchronous: the pool of threads may be busy.
 * @param since what the step's times count from, in nanoseconds of process.hrtime.
 * @param isStillIt asked once the file is open, which then stays with the process it was opened of.
 * @returns the step, with the errno's name if it was refused; ESRCH if the process is another one.
 */
export function writeMapFile(
  pid: number,
  { file, text }: MapWrite,
  since: bigint,
  isStillIt: () => boolean = () => true,
): StepRecord {
  const path = `/proc/${pid}/${file}`;
  const begin = process.hrtime.bigint();
  const code = tryWrite(path, text, isStillIt);
  const result = code === '' ? Buffer.byteLength(text) : `-1 ${code}`;
  return {
    step: `write_${file}`,
    call: `write ${path} ${JSON.stringify(text.trimEnd())} = ${result}`,
    code,
    begin: micros(begin - since),
    duration: micros(process.hrtime.bigint() - begin),
  };
}

/** @returns the name of the errno, or ''. */
function tryWrite(path: string, text: string, isStillIt: () => boolean): string {
  let fd = -1;
  try {
    fd = fs.openSync(path, 'w');
    if (!isStillIt()) return 'ESRCH';
    fs.writeSync(fd, text);
    return '';
  } catch (error) {
    return Failure.of('', error).code;
  } finally {
    if (fd >= 0) fs.closeSync(fd);
  }
}

/** Nanoseconds to microseconds, with their fraction. */
export function micros(nanoseconds: bigint): number {
  return Number(nanoseconds) / 1000;
}
