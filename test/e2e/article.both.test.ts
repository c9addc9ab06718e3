import * as assert from 'node:assert/strict';
import { Workbench } from './workbench';

/** The tour of the README, typed into a real workbench: each profile shows what the article shows. */
describe('the article in the workbench', () => {
  let bench: Workbench;
  let uid: string;

  before(async () => {
    bench = await Workbench.open({ size: { width: 1280, height: 2000 } });
    await bench.openSidebar();
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await bench.screenshot(`failed ${this.currentTest.title}`);
  });
  after(() => bench.close());

  /** Opens a terminal from the palette and waits for its prompt. */
  const open = async (profile: string): Promise<void> => {
    await bench.opening(async () => {
      await bench.command('Anton: New Terminal with Profile...');
      await bench.pick(profile);
    });
  };

  it('plain: whoami and hostname are the host’s', async () => {
    await open('no namespaces of its own');
    const text = await bench.terminal.run('clear; id -u; hostname; echo done', /^done$/m);
    uid = /^\d+$/m.exec(text)?.[0] ?? '';
    assert.equal(uid, process.env['ANTON_TEST_USER'] === 'student' ? '4242' : String(process.geteuid?.()));
    assert.doesNotMatch(text, /^anton$/m);
  });

  it('user: nobody', async () => {
    await open('no mapping yet');
    await bench.terminal.run('clear; whoami; id -u', /^nobody\n65534$/m);
  });

  it('root: root inside, yourself outside', async () => {
    await open('root inside, yourself outside');
    const text = await bench.terminal.run('clear; id; cat /proc/self/uid_map', /^\s+0\s+\d+\s+1$/m);
    assert.match(text, /uid=0\(root\) gid=0\(root\) groups=/);
    assert.match(text, new RegExp(`^\\s+0\\s+${uid}\\s+1$`, 'm'));
  });

  it('pid: echo $$ is 1, and ps still lists the host', async () => {
    await open('ps still lists the host');
    await bench.terminal.run('clear; echo $$', /^1$/m);
    await bench.terminal.run('clear; ps -e | grep -c . > /dev/null; readlink /proc/self', /^\d{2,}$/m);
  });

  it('anton: ps lists only what is inside, and the host is called anton', async () => {
    await bench.opening(() => bench.command('Anton: New Terminal'));
    const text = await bench.terminal.run(
      'clear; echo $$; hostname; ps -e -o pid=,comm=; echo done',
      /^done$/m,
    );
    assert.match(text, /^1\nanton\n\s+1 bash\n\s+\d+ ps\ndone$/m);
  });

  it('the sidebar shows all five, with both PIDs of the last one', async () => {
    await bench.page
      .locator('.part.sidebar .monaco-list-row', { hasText: /1 = \d+ bash$/ })
      .last()
      .waitFor();
    const rows = await bench.sidebarRows();
    assert.equal(rows.filter((row) => /^Anton \d/.test(row)).length, 5);
    assert.ok(
      rows.some((row) => /^Anton 5 ?anton · 1 = \d+ bash/.test(row)),
      rows.join('\n'),
    );
  });
});
