import { NotificationType, RequestType } from 'vscode-jsonrpc/node';
import type { FailureData } from '../kernel/failure';
import type {
  MapsWritten,
  MapWrite,
  OpenRequest,
  RuntimeEvent,
  TerminalId,
  TerminalInfo,
} from '../runtime/runtime';

/**
 * What a window and the runtime's process say to each other, as JSON-RPC over a Unix socket. It grows by what is
 * optional only; a change of anything that is here needs a new number, because after an update of the extension a
 * process of the version before still has its terminals.
 */
export const protocolVersion = 1;

/** Who connects. */
export interface Hello {
  /** What is open in the window; terminals come back to a window with the same. */
  readonly workspace: string;
  /** How long terminals wait for their window once it is gone, in seconds. */
  readonly wait: number;
}

/** A terminal whose window is gone, handed to another one. */
export interface KeptInfo {
  readonly info: TerminalInfo;
  /** How it was asked for, so that it can be opened once more. */
  readonly request: OpenRequest;
  /** The one in front when its window was last heard of. */
  readonly isActive: boolean;
  /** The column of editors it stood in; none: the panel. */
  readonly column?: number;
}

export interface Size {
  readonly columns: number;
  readonly rows: number;
}

export type Answer<T> = { readonly value: T } | { readonly failure: FailureData };

export const request = {
  hello: new RequestType<Hello, { readonly pid: number }, void>('hello'),
  open: new RequestType<OpenRequest, Answer<TerminalInfo>, void>('open'),
  /** Takes the terminals of one lost window with the same workspace, or with the one that is named. */
  claim: new RequestType<{ readonly workspace: string } | null, readonly KeptInfo[], void>('claim'),
  /**
   * The screen with what has scrolled off it, as output that draws it on an empty terminal of that size. What the
   * program prints later follows.
   */
  attach: new RequestType<{ readonly id: TerminalId; readonly size?: Size }, Answer<string>, void>('attach'),
  close: new RequestType<TerminalId, Answer<null>, void>('close'),
  writeIdMaps: new RequestType<
    { readonly id: TerminalId; readonly writes: readonly MapWrite[] },
    Answer<MapsWritten>,
    void
  >('writeIdMaps'),
  /** Asked of a window: whether somebody is still there, behind the extension host. */
  isThere: new RequestType<null, boolean, void>('isThere'),
} as const;

/** 'taken': another window has the terminal now. */
export type HostEvent = RuntimeEvent | { readonly type: 'taken'; readonly id: TerminalId };

export const notification = {
  write: new NotificationType<{ readonly id: TerminalId; readonly data: string }>('write'),
  acknowledge: new NotificationType<{
    readonly id: TerminalId;
    readonly count: number;
    readonly window?: number;
  }>('acknowledge'),
  resize: new NotificationType<{ readonly id: TerminalId; readonly size: Size }>('resize'),
  kill: new NotificationType<TerminalId>('kill'),
  active: new NotificationType<TerminalId>('active'),
  /** A terminal stands among the editors, in this column; null: it does not. */
  column: new NotificationType<{ readonly id: TerminalId; readonly column: number | null }>('column'),
  wait: new NotificationType<number>('wait'),
  event: new NotificationType<HostEvent>('event'),
} as const;
