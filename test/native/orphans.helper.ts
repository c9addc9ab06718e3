import { NativeLibrary } from '../../src/kernel/native';
import { option } from '../../src/kernel/nativeSpec';
import { cloneFlags } from '../../src/kernel/kinds';
import { answer } from './helper';
import { request, TestRuntime, ways } from './support';

/**
 * A process that will be killed. `open WORD`: opens a terminal in every way, each with children that hide, and prints
 * their processes. `half WORD`: makes terminals that are never told to proceed. `busy WORD`: opens without a pause.
 */
async function main(): Promise<void> {
  const [what = '', word = ''] = process.argv.slice(2);
  if (what === 'open') await open(word);
  if (what === 'half') await halfMake();
  if (what === 'busy') await busy(word);
}

async function open(word: string): Promise<void> {
  const runtime = new TestRuntime();
  const idle = 'trap "" HUP TERM INT; while :; do sleep 100; done';
  const script = `nohup sh -c '${idle}' ${word} >/dev/null 2>&1 & setsid sh -c '${idle}' ${word} & ${idle}`;
  const pids: number[] = [];
  for (const way of ways) {
    const info = await runtime.openIn(way, { command: ['sh', '-c', script, word] });
    pids.push(info.pid, info.root);
  }
  answer(pids);
}

async function halfMake(): Promise<void> {
  const library = NativeLibrary.load();
  const { cwd, env } = request('plain');
  const envp = Object.entries(env).map(([name, value]) => `${name}=${value}`);
  const program = { file: '/bin/sleep', argv: ['sleep', 'infinity'], envp, cwd, ops: [] };
  const pids: number[] = [];
  for (const options of [option.wait, option.wait | option.guard]) {
    await new Promise<void>((resolve) => {
      const namespaces = cloneFlags(options & option.guard ? ['user'] : ['user', 'pid', 'mnt']);
      const spec = {
        ...program,
        namespaces,
        options,
        join: 0,
        joinPid: 0,
        joinStart: 0,
        rows: 10,
        columns: 10,
      };
      library.start(spec, (event) => {
        if (event.type === 'cloned') pids.push(event.pid, event.root);
        resolve();
      });
    });
  }
  answer(pids);
}

async function busy(word: string): Promise<never> {
  const runtime = new TestRuntime();
  for (let i = 0; ; i++) {
    const way = ways[i % ways.length] ?? 'anton';
    const command = ['sh', '-c', 'nohup sleep 100 & sleep 100', word];
    if (i >= 30) await runtime.closeAll();
    await Promise.all([runtime.openIn(way, { command }), runtime.openIn('anton', { command })]);
    if (i === 2) answer('busy');
  }
}

void main();
