import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { profileNames } from '../../src/runtime/profiles';
import type { TerminalInfo } from '../../src/runtime/runtime';
import { request, TestRuntime } from './support';
import { vscodeScripts } from './vscodeScripts';

const shells = { bash: '/bin/bash', zsh: '/usr/bin/zsh', fish: '/usr/bin/fish' };
type Shell = keyof typeof shells;

const nonce = 'a-nonce-of-the-test';

/** VS Code's own scripts mark prompts and commands; Anton's start-up files load them. */
describe('shell integration', function () {
  const runtime = new TestRuntime();
  const folder = vscodeScripts();
  let home = '';

  before(function () {
    if (folder === undefined) this.skip();
  });
  beforeEach(() => {
    home = fs.mkdtempSync(path.join(os.tmpdir(), 'anton-home-'));
  });
  afterEach(async () => {
    await runtime.closeAll();
    fs.rmSync(home, { recursive: true, force: true });
  });

  const write = (name: string, text: string): void => {
    fs.mkdirSync(path.dirname(path.join(home, name)), { recursive: true });
    fs.writeFileSync(path.join(home, name), text);
  };

  const open = async (shell: Shell, more: Parameters<typeof request>[1] = {}): Promise<TerminalInfo> => {
    const env = { ...request('anton').env, HOME: home, TERM_PROGRAM: 'vscode' };
    const info = await runtime.open(
      request('anton', {
        ...{ shell: shells[shell], env, cwd: home },
        ...(folder === undefined ? {} : { shellIntegration: { scripts: folder, nonce } }),
        ...more,
      }),
    );
    await runtime.waitFor(info, /anton> $/);
    return info;
  };

  /** The OSC 633 sequences that came since, as the letters and what follows them. */
  const marksOf = (output: string): string[] =>
    // eslint-disable-next-line no-control-regex -- escape sequences are made of control characters
    [...output.matchAll(/\x1b\]633;([^\x07]*)\x07/g)].map(([, mark = '']) => mark);

  const marksOfLine = async (info: TerminalInfo, line: string): Promise<string[]> => {
    const before = runtime.outputOf(info).length;
    await runtime.type(info, line);
    return marksOf(runtime.outputOf(info).slice(before));
  };

  for (const shell of Object.keys(shells) as Shell[]) {
    describe(`in ${shell}`, () => {
      before(function () {
        if (!fs.existsSync(shells[shell])) this.skip();
      });

      it('the prompt, the command with the nonce, its output and its status are marked', async () => {
        const info = await open(shell);
        assert.ok(marksOf(runtime.outputOf(info)).includes(`P;Cwd=${home}`));
        const good = await marksOfLine(info, 'echo one');
        assert.ok(good.includes(`E;echo one;${nonce}`), good.join('\n'));
        assertOrder(good, ['C', 'D;0', `P;Cwd=${home}`, 'A', 'B']);
        assertOrder(await marksOfLine(info, 'sh -c "exit 7"'), ['C', 'D;7', 'A', 'B']);
        assertOrder(await marksOfLine(info, 'cd /'), ['C', 'D;0', 'P;Cwd=/', 'A', 'B']);
      });

      it('an empty line leaves the marks in the prompt', async () => {
        const info = await open(shell);
        await runtime.type(info, '');
        assertOrder(await marksOfLine(info, 'true'), ['C', 'D;0', 'A', 'B']);
        assertOrder(await marksOfLine(info, ''), ['A', 'B']);
      });

      it('nothing of it is left for the programs inside', async () => {
        const info = await open(shell);
        assert.doesNotMatch(await runtime.type(info, 'env'), /NONCE|VSCODE_STABLE|ANTON_/);
      });

      it('the prompt stays as it is where there are no scripts', async () => {
        const info = await open(shell, { shellIntegration: { scripts: '/no/such/folder', nonce } });
        assert.deepEqual(marksOf(runtime.outputOf(info)), []);
        assert.doesNotMatch(await runtime.type(info, 'env'), /NONCE|VSCODE_STABLE|ANTON_/);
      });
    });
  }

  const hooks: Readonly<Record<string, [Shell, string, string]>> = {
    'bash: PROMPT_COMMAND': ['bash', '.bashrc', 'PROMPT_COMMAND=\'PS1="mine$ "\'\n'],
    'bash: PROMPT_COMMAND as an array': [
      ...(['bash', '.bashrc'] as const),
      'one() { PS1="one$ "; }\nPROMPT_COMMAND=(one \'PS1="mine$ "\')\n',
    ],
    'zsh: a precmd function': ['zsh', '.zshrc', 'precmd() { PROMPT="mine %% " }\n'],
    'fish: fish_prompt': [
      ...(['fish', '.config/fish/config.fish'] as const),
      'function fish_prompt; echo "mine> "; end\nfish_vi_key_bindings\n',
    ],
  };
  for (const [title, [shell, file, text]] of Object.entries(hooks)) {
    it(`the prompt is Anton’s and marked in spite of ${title}`, async function () {
      if (!fs.existsSync(shells[shell])) this.skip();
      write(file, text);
      const info = await open(shell);
      for (const line of ['true', '', 'true']) {
        assertOrder(await marksOfLine(info, line), line === '' ? ['A', 'B'] : ['C', 'D;0', 'A', 'B']);
      }
    });
  }

  it('bash with set -u goes without it', async () => {
    write('.bashrc', 'set -u\n');
    const info = await open('bash');
    assert.doesNotMatch(runtime.outputOf(info), /unbound|633/);
  });

  for (const profile of profileNames) {
    it(`bash in ${profile} has it`, async () => {
      const info = await open('bash', { profile: request(profile).profile });
      assertOrder(await marksOfLine(info, 'false'), ['C', 'D;1', 'A', 'B']);
    });
  }
});

/** These marks are among those, in this order. */
function assertOrder(marks: readonly string[], expected: readonly string[]): void {
  const found = marks.filter((mark) => expected.includes(mark));
  let at = 0;
  for (const mark of found) if (mark === expected[at]) at++;
  assert.equal(at, expected.length, `expected ${expected.join(' ')}, found ${marks.join(' ')}`);
}
