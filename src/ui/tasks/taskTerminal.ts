import * as os from 'node:os';
import * as vscode from 'vscode';
import type { End } from '../../runtime/runtime';
import { AntonTerminal } from '../antonTerminal';
import { t } from '../language';
import { refusalText } from '../refusalText';
import { describeEnd } from '../words/ends';

/** What a shell reports for a program that a signal ended: this and the signal's number. */
const signalled = 128;

/** What a shell reports for a program that it could not run. */
const notRun = 126;

/** The terminal of a task: it closes with the status of its program, which is then the task's. */
export class TaskTerminal extends AntonTerminal {
  protected override afterEnd(end: End): void {
    // What went with the process that keeps the terminals was killed with it.
    if ('lost' in end) this.show(refusalLines(describeEnd(end, t)));
    const signal = 'signal' in end ? end.signal : 'SIGKILL';
    this.closeFromInside('code' in end ? end.code : signalled + numberOf(signal));
  }

  protected override afterRefusal(error: unknown): void {
    this.show(refusalLines(refusalText(error)));
    this.closeFromInside(notRun);
  }
}

/** The terminal of a task that cannot even be asked for: it says why, and fails. */
export class RefusedTask implements vscode.Pseudoterminal {
  private readonly written = new vscode.EventEmitter<string>();
  private readonly closed = new vscode.EventEmitter<number>();
  readonly onDidWrite = this.written.event;
  readonly onDidClose = this.closed.event;

  constructor(private readonly reason: string) {}

  open(): void {
    this.written.fire(refusalLines(this.reason));
    this.closed.fire(notRun);
  }

  close(): void {
    this.written.dispose();
    this.closed.dispose();
  }
}

function refusalLines(reason: string): string {
  return `\x1b[31m${reason.replace(/\r?\n/g, '\r\n')}\x1b[0m\r\n`;
}

function numberOf(signal: string): number {
  return new Map(Object.entries(os.constants.signals)).get(signal) ?? 0;
}
