import * as assert from 'node:assert/strict';
import * as crypto from 'node:crypto';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { MachineIndex } from '../../src/inspect/machineIndex';
import { processesBelow } from '../../src/inspect/processLists';
import { scanMachine } from '../scanMachine';
import { harmless } from '../../src/kernel/harmless';
import { eventually, request, TestRuntime } from './support';

const letters = 'añ€😀漢字\u202e\u0301 ';

/** What goes in and out of a terminal arrives as it is. */
describe('text', () => {
  const runtime = new TestRuntime();
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'anton-text-'));
  afterEach(() => runtime.closeAll());
  after(() => {
    fs.rmSync(folder, { recursive: true });
  });

  it('characters arrive whole, though a program writes them byte by byte', async () => {
    const script = `
      const bytes = Buffer.from(${JSON.stringify(letters.repeat(20))});
      for (const byte of bytes) { fs.writeSync(1, Buffer.of(byte)); Atomics.wait(gate, 0, 0, 1); }`;
    const program = `const fs = require('fs'), gate = new Int32Array(new SharedArrayBuffer(4)); ${script}`;
    const { output } = await runtime.run('anton', [process.execPath, '-e', program]);
    assert.equal(output, letters.repeat(20));
  });

  it('characters arrive whole, wherever a long output is cut into reads', async () => {
    const file = path.join(folder, 'long');
    fs.writeFileSync(file, `${letters.repeat(20_000)}\n`);
    const { output } = await runtime.run('plain', ['sh', '-c', 'stty raw; cat "$0"', file]);
    assert.ok(output === `${letters.repeat(20_000)}\n`, 'the output differs');
  });

  it('a megabyte that is pasted arrives byte for byte', async () => {
    const text = Array.from({ length: 40_000 }, (_, i) => `${i} ${letters}`).join('\n');
    const bytes = Buffer.from(text);
    assert.ok(bytes.length > 1_000_000);
    const script = `stty raw -echo; echo ready; head -c ${bytes.length} | sha256sum`;
    const info = await runtime.open(request('anton', { command: ['sh', '-c', script] }));
    await runtime.waitFor(info, /ready/);
    runtime.write(info.id, text);
    await runtime.end(info);
    const hash = crypto.createHash('sha256').update(bytes).digest('hex');
    assert.match(runtime.outputOf(info), new RegExp(hash));
  });

  it('what a program does not read neither blocks others nor reaches the next terminal', async () => {
    const deaf = await Promise.all(
      Array.from({ length: 8 }, () =>
        runtime.open(request('anton', { command: ['sh', '-c', 'stty raw -echo; echo ready; sleep 100'] })),
      ),
    );
    for (const info of deaf) {
      await runtime.waitFor(info, /ready/);
      runtime.write(info.id, 'secret'.repeat(100_000));
    }
    // Node's pool of threads has four: eight writes that block would keep this one from ever being served.
    assert.ok((await fs.promises.readFile(__filename)).length > 0);
    for (const info of deaf) runtime.kill(info.id);
    for (const info of deaf) await runtime.end(info);
    const command = ['sh', '-c', 'stty raw -echo; echo ready; head -c 4; sleep 0.2; echo end'];
    const next = await Promise.all(deaf.map(() => runtime.open(request('anton', { command }))));
    for (const info of next) {
      await runtime.waitFor(info, /ready/);
      runtime.write(info.id, 'mine');
    }
    for (const info of next) {
      await runtime.end(info);
      assert.equal(runtime.outputOf(info), 'ready\nmineend\n');
    }
  });

  it('what is typed after the program has closed its terminal goes nowhere', async () => {
    const script = 'exec 0<&- 1>&- 2>&-; trap "" HUP; sleep 0.3';
    const info = await runtime.open(request('plain', { command: ['sh', '-c', script] }));
    await eventually(() => fs.readdirSync(`/proc/${info.pid}/fd`).length === 0, 'no descriptor');
    runtime.write(info.id, 'x\r');
    runtime.resize(info.id, 20, 20);
    assert.deepEqual(await runtime.end(info), { code: 0 });
  });

  it('bytes that are no text harm nothing', async () => {
    const file = path.join(folder, 'noise');
    fs.writeFileSync(file, crypto.randomBytes(300_000));
    const { output, end } = await runtime.run('anton', [
      'sh',
      '-c',
      'cat "$0"; printf "\\033c\\nafter\\n"',
      file,
    ]);
    assert.deepEqual(end, { code: 0 });
    assert.match(output, /after\r\n$/);
  });

  for (const name of [
    '<b>&amp;</b>',
    '\x1b[31mred\x07',
    'two\nlines',
    '\u202etxt.exe',
    'back\\nslash',
    ') R 1 1',
  ]) {
    it(`a process may be called ${JSON.stringify(name)}`, async () => {
      const program = path.join(folder, name.replaceAll('/', '∕'));
      const expected = path.basename(program).slice(0, 15);
      fs.copyFileSync('/bin/sleep', program);
      const info = await runtime.open(request('plain', { command: [program, '100'] }));
      const [first] = processesBelow(
        info.root,
        new MachineIndex(await scanMachine()),
        info.root !== info.pid,
      );
      assert.equal(first?.name, expected);
      assert.equal(first.pid, info.pid);
      // eslint-disable-next-line no-control-regex -- that is what must not be there
      assert.doesNotMatch(harmless(first.name), /[\x00-\x1f\x7f-\x9f\u202e]/);
      runtime.kill(info.id);
      await runtime.end(info);
    });
  }
});
