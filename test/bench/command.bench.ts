import { spawnSync } from 'node:child_process';
import * as path from 'node:path';
import { nativeFolder } from '../../src/kernel/native';
import { compare, type Samples } from './table';

const rounds = 150;
const program = '/bin/true';

interface Way {
  readonly what: string;
  readonly command: readonly string[];
}

const anton = path.join(nativeFolder(), 'anton');
const bwrap = ['bwrap', '--unshare-user', '--unshare-pid', '--bind', '/', '/', '--proc', '/proc'];

const ways: readonly Way[] = [
  { what: 'unshare -Urpf --mount-proc', command: ['unshare', '-Urpf', '--mount-proc'] },
  { what: 'anton -r --mount-proc (the same)', command: [anton, '-r', '--mount-proc'] },
  { what: 'bwrap (the same)', command: bwrap },
  { what: 'anton (user and pid)', command: [anton] },
  { what: 'anton --profile all', command: [anton, '--profile', 'all'] },
  { what: 'anton --profile plain: clone and exec alone', command: [anton, '--profile', 'plain'] },
  { what: 'the program alone', command: [] },
];

function time(command: readonly string[]): number {
  const line = [...command, program];
  const [file, args] = [line[0] ?? program, line.slice(1)];
  const begin = performance.now();
  const { status, error } = spawnSync(file, args, { stdio: 'ignore' });
  const took = performance.now() - begin;
  if (status !== 0) throw error ?? new Error(`${file} ended with ${status}`);
  return took;
}

/** What a child process of this one takes without anything in it is in every row, so the ratios are on the safe side. */
function main(): void {
  const able = ways.filter(({ command }) => isThere(command));
  const rows: (Samples & { values: number[]; command: readonly string[] })[] = able.map((way) => ({
    ...way,
    values: [],
  }));
  for (let round = 0; round < rounds; round++) for (const row of rows) row.values.push(time(row.command));
  process.stdout.write(compare(`Running ${program} as a command (${rounds} rounds)`, rows));
}

function isThere(command: readonly string[]): boolean {
  const [file] = command;
  return file === undefined || spawnSync(file, ['--version'], { stdio: 'ignore' }).error === undefined;
}

main();
