import * as assert from 'node:assert/strict';
import { Failure } from '../../src/kernel/failure';
import type { Profile } from '../../src/runtime/profile';
import { request, type TestRuntime } from './support';

export const all: Profile = {
  name: 'test',
  namespaces: ['user', 'pid', 'mnt', 'uts', 'ipc', 'net', 'cgroup', 'time'],
  map: 'root',
  hostname: 'inside',
  freshProc: true,
};

export interface Parts {
  /** What a script prints in a terminal with these parts, line by line. */
  readonly inside: (parts: Partial<Profile>, script: string) => Promise<string[]>;
  readonly refused: (parts: Partial<Profile>) => Promise<Failure>;
}

/** Tries parts of profiles in a runtime. */
export function partsOf(runtime: TestRuntime): Parts {
  return {
    inside: async (parts, script) => {
      const profile = { ...all, ...parts };
      const { output, end } = await runtime.run('plain', ['/bin/sh', '-c', script], { profile, cwd: '/' });
      assert.deepEqual(end, { code: 0 }, output);
      return output.trim().split('\r\n');
    },
    refused: async (parts) => {
      const error: unknown = await runtime
        .open(request('plain', { profile: { ...all, ...parts }, command: ['true'] }))
        .then(
          () => undefined,
          (reason: unknown) => reason,
        );
      assert.ok(error instanceof Failure, String(error));
      return error;
    },
  };
}
