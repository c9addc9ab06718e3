import * as assert from 'node:assert/strict';
import { Workbench } from './workbench';

/** Output without loss, and a keyboard that is heard under it. */
describe('a flood of output in the workbench', () => {
  let bench: Workbench;

  before(async () => {
    bench = await Workbench.open({
      settings: { 'terminal.integrated.scrollback': 1000, 'anton.keepTerminals': 10 },
    });
    await bench.opening(() => bench.command('Anton: New Terminal'));
  });
  after(async () => {
    await bench.endTerminals();
    await bench.close();
  });

  it('Ctrl-C is heard under it, and the prompt is back', async () => {
    await bench.terminal.focus();
    await bench.type('yes\n');
    await bench.terminal.waitFor(/^y$/m);
    await bench.page.waitForTimeout(2000);
    await bench.page.keyboard.press('Control+c');
    await bench.terminal.waitFor(/\^C\n+anton> ?$/);
  });

  it('it comes to its last line, and leaves nothing typed', async () => {
    await bench.terminal.run(
      'clear; seq 300000; echo the-$((1+1))nd-end',
      /300000\n+the-2nd-end\n+anton> ?$/,
    );
    await bench.page.waitForTimeout(500);
    assert.match(await bench.terminal.text(), /the-2nd-end\n+anton> ?$/);
  });

  it('a program that asks for the status gets its own answer, once', async () => {
    const ask = `clear; seq 100000; printf '\\e[5n'; IFS= read -rsn 4 -t 5 a; read -rsn 1 -t 1 b; printf '<%q>%s\\n' "$a" "$b"`;
    await bench.terminal.run(ask, /^<\$'\\E\[0n'>$/m);
  });

  it('a picture that is larger than what may be under way comes to its end', async () => {
    const picture = "printf '\\ePq'; head -c 3000000 /dev/zero | tr '\\0' '~'; printf '\\e\\\\'";
    await bench.terminal.run(`clear; ${picture}; echo the-$((2+1))rd-end`, /the-3rd-end\n+anton> ?$/);
  });

  it('it goes on after a reload, and is interrupted then', async () => {
    await bench.terminal.focus();
    await bench.type('clear; yes\n');
    await bench.terminal.waitFor(/^y$/m);
    await bench.page.waitForTimeout(3000);
    await bench.page.reload();
    await bench.terminal.waitFor(/^y$/m, 60_000);
    await bench.page.waitForTimeout(3000);
    await bench.terminal.focus();
    await bench.page.keyboard.press('Control+c');
    await bench.terminal.waitFor(/\^C\n+anton> ?$/);
    await bench.terminal.run('clear; seq 300000; echo the-$((3+1))th-end', /the-4th-end\n+anton> ?$/);
  });

  it('a terminal that nobody sees goes on, too', async () => {
    await bench.terminal.focus();
    await bench.type('clear; (seq 200000; echo hidden-$((40+2))) \n');
    await bench.opening(() => bench.command('Anton: New Terminal'));
    await bench.page.waitForTimeout(3000);
    await bench.command('Terminal: Focus Previous Terminal Group');
    await bench.terminal.waitFor(/hidden-42/);
  });
});
