import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { Failure } from '../../src/kernel/failure';
import { readMachine } from '../../src/runtime/machine';
import { profileNames } from '../../src/runtime/profiles';
import type { OpenRequest } from '../../src/runtime/runtime';
import { explain } from '../../src/ui/words/refusals';
import { request, TestRuntime } from './support';
import { tracesOf } from './traces';

/** Programs and directories that cannot be used: told before anything is made where that can be known, else after. */
describe('what cannot be started', () => {
  const runtime = new TestRuntime();
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'anton-programs-'));
  const file = (name: string, text: string, mode: number): string => {
    fs.writeFileSync(path.join(folder, name), text, { mode });
    return path.join(folder, name);
  };
  const plainFile = file('plain', 'echo\n', 0o644);
  const noProgram = file('no-program', 'echo\n', 0o755);
  const noInterpreter = file('no-interpreter', '#!/nonexistent/sh\n', 0o755);
  before(() => runtime.run('plain', ['true']));
  after(() => {
    fs.rmSync(folder, { recursive: true });
  });

  const cases: readonly (readonly [string, Partial<OpenRequest>, string, string, string, RegExp])[] = [
    ['a missing shell', { shell: '/nonexistent' }, 'find_shell', 'ENOENT', '/nonexistent', /does not exist/],
    [
      'a shell that is not executable',
      { shell: plainFile },
      'find_shell',
      'EACCES',
      plainFile,
      /not executable/,
    ],
    ['a directory as a shell', { shell: folder }, 'find_shell', 'EACCES', folder, /not executable/],
    ['no shell at all', { shell: '' }, 'find_shell', 'ENOENT', '', /does not exist/],
    ['an unknown program', { command: ['no-such'] }, 'find_program', 'ENOENT', 'no-such', /not found/],
    [
      'a program that is none',
      { command: [plainFile] },
      'find_program',
      'EACCES',
      plainFile,
      /not executable/,
    ],
    ['a script without #!', { command: [noProgram] }, 'execve', 'ENOEXEC', noProgram, /#! line/],
    ['a missing interpreter', { command: [noInterpreter] }, 'execve', 'ENOENT', noInterpreter, /interpreter/],
    ['arguments too long', { command: ['true', 'x'.repeat(200_000)] }, 'execve', 'E2BIG', '', /too large/],
    ['a missing directory', { cwd: '/nonexistent' }, 'chdir', 'ENOENT', '/nonexistent', /does not exist/],
    ['a file as a directory', { cwd: plainFile }, 'chdir', 'ENOTDIR', plainFile, /not a directory/],
  ];
  for (const [title, more, step, code, subject, words] of cases) {
    for (const profile of profileNames) {
      it(`${profile}: ${title}`, async () => {
        const failure = await refusal(request(profile, more));
        assert.deepEqual([failure.step, failure.code], [step, code]);
        if (subject !== '') assert.equal(failure.subject, subject);
        const said = explain(failure, readMachine(), (text) => text);
        assert.match(`${said.what} ${said.why}`, words);
      });
    }
  }

  for (const profile of profileNames) {
    // Another person's: root inside may enter what is one's own, whatever its mode.
    it(`${profile}: a directory that may not be entered`, async function () {
      if (mayEnter('/root')) this.skip();
      const failure = await refusal(request(profile, { cwd: '/root' }));
      assert.deepEqual([failure.step, failure.code, failure.subject], ['chdir', 'EACCES', '/root']);
      assert.match(explain(failure, readMachine(), (text) => text).why, /may not enter/);
    });
  }

  async function refusal(wanted: OpenRequest): Promise<Failure> {
    const before = tracesOf(process.pid);
    const opened = runtime.open(wanted);
    const failure = await opened.then(
      () => assert.fail('a terminal was opened'),
      (error: unknown) => error,
    );
    assert.ok(failure instanceof Failure, String(failure));
    const after = tracesOf(process.pid);
    assert.deepEqual([after.children, after.descriptors], [before.children, before.descriptors]);
    assert.deepEqual(runtime.list(), []);
    return failure;
  }
});

function mayEnter(directory: string): boolean {
  try {
    fs.accessSync(directory, fs.constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
