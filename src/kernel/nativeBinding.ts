import type koffiModule from 'koffi';

/** The functions of native/anton.h. koffi is required here, so that nobody pays for it who opens no terminal. */
export function bind(library: string) {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- loaded only when first needed
  const koffi = require('koffi') as typeof koffiModule;
  koffi.struct('anton_spec', {
    abi: 'uint32_t',
    namespaces: 'uint32_t',
    join: 'uint32_t',
    join_pid: 'int32_t',
    join_start: 'uint64_t',
    options: 'uint32_t',
    rows: 'uint16_t',
    cols: 'uint16_t',
    cwd: 'const char *',
    file: 'const char *',
    guard: 'const char *',
    argv: 'const char **',
    envp: 'const char **',
    ops: 'const char **',
  });
  const lib = koffi.load(library);
  return {
    open: lib.func('int anton_open()') as () => number,
    start: lib.func('int anton_start(const anton_spec *spec)') as (spec: object) => number,
    proceed: lib.func('int anton_proceed(int id)') as (id: number) => number,
    kill: lib.func('int anton_kill(int id)') as (id: number) => number,
    steps: lib.func('int anton_steps(int id, void *steps, int max)') as (
      id: number,
      steps: Buffer,
      max: number,
    ) => number,
    readable: lib.func('int anton_readable(int fd)') as (fd: number) => number,
    peerUid: lib.func('int64_t anton_peer_uid(int fd)') as (fd: number) => number | bigint,
    forget: lib.func('int anton_forget(int id)') as (id: number) => number,
    stepName: lib.func('const char *anton_step_name(int step)') as (step: number) => string | null,
  };
}
