import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import * as vscode from 'vscode';
import type { AntonApi } from '../../src/api';
import { activateAnton, closeAll, until } from './support';

const matcher = {
  owner: 'lab',
  fileLocation: ['relative', '${workspaceFolder}'],
  pattern: {
    regexp: '^(.*):(\\d+):(\\d+): (warning|error): (.*)$',
    ...{ file: 1, line: 2, column: 3, severity: 4, message: 5 },
  },
};

const task = (label: string, script: string, more: object = {}): object => ({
  ...{ type: 'anton', label, command: 'sh', args: ['-c', script], problemMatcher: [] },
  ...more,
});

/** A build or a test can run isolated, from tasks.json. */
describe('tasks of the type anton', () => {
  let api: AntonApi;
  let folder = '';

  const file = (name: string): string => path.join(folder, name);

  before(async () => {
    api = await activateAnton();
    folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '';
    assert.notEqual(folder, '');
    fs.mkdirSync(file('.vscode'), { recursive: true });
    fs.writeFileSync(file('code.c'), 'one\ntwo\n');
    const tasks = [
      task('isolated', 'echo "$$ $(hostname) $(pwd)" > "$0"', {
        args: ['-c', 'echo "$$ $(hostname) $(pwd)" > "$0"', '${workspaceFolder}/isolated'],
      }),
      task('build', 'echo "code.c:2:1: error: two is wrong"; exit 3', { problemMatcher: [matcher] }),
      task('killed', 'kill -TERM $$', { profile: 'plain' }),
      task('endless', 'sleep 4242 & trap "" HUP; echo $$ > endless; wait', { profile: 'plain' }),
      task('bad profile', 'true', { profile: 'nonsense' }),
      task('no program', 'true', { command: '/no/such/program' }),
    ];
    fs.writeFileSync(file('.vscode/tasks.json'), JSON.stringify({ version: '2.0.0', tasks }));
    await until('the tasks are known', async () => (await found()).length === tasks.length);
  });
  afterEach(() => closeAll(api));
  after(() => {
    for (const name of ['.vscode', 'code.c', 'isolated', 'endless'])
      fs.rmSync(file(name), { recursive: true, force: true });
  });

  const found = async (): Promise<vscode.Task[]> => vscode.tasks.fetchTasks({ type: 'anton' });

  const start = async (name: string): Promise<vscode.TaskExecution> => {
    const wanted = (await found()).find((each) => each.name === name);
    assert.ok(wanted, name);
    return vscode.tasks.executeTask(wanted);
  };

  /** Resolves with the status once the task has ended. */
  const run = async (name: string): Promise<number | undefined> => {
    const ended = new Promise<number | undefined>((resolve) => {
      const listener = vscode.tasks.onDidEndTaskProcess(({ execution, exitCode }) => {
        if (execution.task.name !== name) return;
        listener.dispose();
        resolve(exitCode);
      });
    });
    await start(name);
    return ended;
  };

  it('run in the default profile, in the folder of the workspace', async () => {
    assert.equal(await run('isolated'), 0);
    assert.equal(fs.readFileSync(file('isolated'), 'utf8'), `1 anton ${folder}\n`);
  });

  it('end with the status of the program, and its problems are found', async () => {
    assert.equal(await run('build'), 3);
    const uri = vscode.Uri.file(file('code.c'));
    await until('the problem is there', () => vscode.languages.getDiagnostics(uri).length === 1);
    const [problem] = vscode.languages.getDiagnostics(uri);
    assert.equal(problem?.message, 'two is wrong');
    assert.equal(problem.severity, vscode.DiagnosticSeverity.Error);
    assert.equal(problem.range.start.line, 1);
  });

  it('a program that a signal ended fails as in a shell', async () => {
    assert.equal(await run('killed'), 128 + 15);
  });

  it('terminating one ends everything in it', async () => {
    const execution = await start('endless');
    await until('it runs', () => fs.existsSync(file('endless')));
    const [terminal] = api.terminals();
    assert.ok(terminal);
    const children = fs.readFileSync(`/proc/${terminal.pid}/task/${terminal.pid}/children`, 'utf8').trim();
    assert.match(children, /^\d+$/);
    execution.terminate();
    await until(
      'all of it is gone',
      () => ![terminal.pid, children].some((pid) => fs.existsSync(`/proc/${pid}`)),
    );
    assert.deepEqual(api.terminals(), []);
  });

  it('fail where there is no such profile, or no such program', async () => {
    assert.equal(await run('bad profile'), 126);
    assert.equal(await run('no program'), 126);
  });
});
