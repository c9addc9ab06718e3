/** ANTON_OPT_* of native/anton.h. */
export const option = { guard: 1, wait: 2, init: 4, enter: 8, noGroups: 16, ownMemory: 32 } as const;

/** What a first process does to its namespaces; see native/anton.h for each kind's meaning. */
export interface NativeOp {
  /** Names the operation in failures and in the list of steps. */
  readonly step: string;
  readonly kind: OpKind;
  readonly texts: readonly string[];
  readonly number?: bigint;
  /** The data of a mount. */
  readonly data?: string;
}

export type OpKind =
  | 'mount'
  | 'readonly'
  | 'readonly_below'
  | 'umount'
  | 'pivot_root'
  | 'chdir'
  | 'mkdir'
  | 'touch'
  | 'symlink'
  | 'write'
  | 'sethostname'
  | 'unshare'
  | 'lo_up'
  | 'setids'
  | 'no_new_privs'
  | 'drop_caps';

/** struct anton_spec of native/anton.h: what a terminal is to be. */
export interface NativeSpec {
  /** CLONE_NEW* flags of the namespaces to make, or to enter. */
  readonly namespaces: number;
  readonly join: number;
  readonly joinPid: number;
  /** Start time of that process, in clock ticks since the boot. */
  readonly joinStart: number;
  /** `option` bits. */
  readonly options: number;
  readonly rows: number;
  readonly columns: number;
  readonly cwd: string;
  readonly file: string;
  readonly argv: readonly string[];
  /** 'NAME=value'. */
  readonly envp: readonly string[];
  /** In the order in which they are carried out. */
  readonly ops: readonly NativeOp[];
}

const abi = 4;

/** struct anton_spec as koffi takes it. @param guard absolute path of anton-guard. */
export function structOf(spec: NativeSpec, guard: string): object {
  return {
    abi,
    namespaces: spec.namespaces,
    join: spec.join,
    join_pid: spec.joinPid,
    join_start: spec.joinStart,
    options: spec.options,
    rows: spec.rows,
    cols: spec.columns,
    cwd: spec.cwd,
    file: spec.file,
    guard,
    argv: [...spec.argv, null],
    envp: [...spec.envp, null],
    ops: [...spec.ops.flatMap(stringsOf), null],
  };
}

/** The six strings by which native/anton.h wants an operation. */
function stringsOf({ kind, texts, number = 0n, data = '' }: NativeOp): string[] {
  return [kind, texts[0] ?? '', texts[1] ?? '', texts[2] ?? '', number.toString(), data];
}
