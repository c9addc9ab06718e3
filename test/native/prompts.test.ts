import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { profileNames, type ProfileName } from '../../src/runtime/profiles';
import type { TerminalInfo } from '../../src/runtime/runtime';
import { plain, request, TestRuntime } from './support';

type Files = Readonly<Record<string, string>>;

const shells = { sh: '/bin/sh', bash: '/bin/bash', zsh: '/usr/bin/zsh', fish: '/usr/bin/fish' };
type Shell = keyof typeof shells;

/** The prompt is the article's, whatever a person's start-up files say; and these files do run. */
describe('the prompt', () => {
  const runtime = new TestRuntime();
  let home = '';
  beforeEach(() => {
    home = fs.mkdtempSync(path.join(os.tmpdir(), 'anton-home-'));
  });
  afterEach(async () => {
    await runtime.closeAll();
    fs.rmSync(home, { recursive: true, force: true });
  });

  /** A shell with these files in its home says `anton> ` twice, and has run them: they set MINE. */
  function reads(
    title: string,
    shell: Shell,
    files: Files,
    more: Files = {},
    profile: ProfileName = 'anton',
  ): void {
    it(title, async function () {
      if (!fs.existsSync(shells[shell])) this.skip();
      const info = await opened(shell, files, more, profile);
      assert.equal(lastLine(info), 'anton> ');
      assert.match(await runtime.type(info, 'echo "<$MINE>"'), /^<yes>$/m);
      assert.equal(lastLine(info), 'anton> ');
      assert.doesNotMatch(
        await runtime.type(info, shell === 'fish' ? 'set' : 'set; export'),
        /^_?ANTON_|_anton_zd/im,
      );
    });
  }

  const bashrc = { '.bashrc': 'PS1="mine$ "\nMINE=yes\n' };
  for (const profile of profileNames) reads(`bash in ${profile}`, 'bash', bashrc, {}, profile);
  reads('bash: PROMPT_COMMAND', 'bash', { '.bashrc': 'MINE=yes\nPROMPT_COMMAND=\'PS1="mine$ "\'\n' });
  reads('bash: PROMPT_COMMAND that ends with a semicolon', 'bash', {
    '.bashrc': 'MINE=yes\nPROMPT_COMMAND=\'PS1="mine$ ";\'\n',
  });
  reads('bash: PROMPT_COMMAND as an array', 'bash', {
    '.bashrc': 'MINE=yes\none() { PS1="one$ "; }\nPROMPT_COMMAND=(one \'PS1="mine$ "\')\n',
  });
  reads('bash: a .bashrc that returns early', 'bash', { '.bashrc': 'MINE=yes\nPS1="mine$ "\nreturn\n' });
  reads('bash: set -u', 'bash', { '.bashrc': 'MINE=yes\nset -u\n' });

  reads('zsh: .zshrc', 'zsh', { '.zshrc': 'PROMPT="mine %% "\nRPROMPT="right"\nMINE=yes\n' });
  reads('zsh: a precmd hook', 'zsh', {
    '.zshrc':
      'MINE=yes\nautoload -Uz add-zsh-hook\nmine() { PROMPT="mine %% "; RPROMPT=r }\nadd-zsh-hook precmd mine\n',
  });
  reads('zsh: a precmd function', 'zsh', { '.zshrc': 'MINE=yes\nprecmd() { PROMPT="mine %% " }\n' });
  reads('zsh: a prompt theme', 'zsh', {
    '.zshrc': 'MINE=yes\nautoload -Uz promptinit\npromptinit\nprompt adam1\n',
  });
  reads('zsh: a .zshenv that moves ZDOTDIR', 'zsh', {
    '.zshenv': 'export ZDOTDIR=$HOME/elsewhere\n',
    'elsewhere/.zshrc': 'PROMPT="mine %% "\n[[ $ZDOTDIR = $HOME/elsewhere ]] && MINE=yes\n',
  });
  reads(
    'zsh: a ZDOTDIR of the person’s own',
    'zsh',
    { 'own/.zshenv': 'A=y\n', 'own/.zshrc': 'PROMPT="mine %% "\nMINE=${A}es\n' },
    { ZDOTDIR: 'own' },
  );
  reads('zsh: neither file', 'zsh', {}, { MINE: 'yes' });

  reads('sh: no ENV', 'sh', {}, { MINE: 'yes' });
  reads(
    'sh: an ENV file of the person’s own',
    'sh',
    { '.shrc': 'PS1="mine$ "\nMINE=yes\n' },
    { ENV: '.shrc' },
  );
  it('sh: ENV is expanded, as POSIX says, and kept for the shells inside', async () => {
    const info = await opened('sh', { '.shrc': 'PS1="mine$ "\nMINE=yes\n' }, { ENV: '$HOME/.shrc' });
    assert.equal(await runtime.type(info, 'echo "<$MINE>$ENV"'), '<yes>$HOME/.shrc');
    runtime.write(info.id, 'sh\r');
    await runtime.waitFor(info, /mine\$ $/);
  });
  it('sh: a shell inside has a prompt of its own', async () => {
    const info = await opened('sh', {});
    runtime.write(info.id, 'unset PROMPT_COMMAND; bash --norc\r');
    await runtime.waitFor(info, /bash-[\d.]+[$#] $/);
  });

  reads('fish: fish_prompt, fish_right_prompt and vi mode', 'fish', {
    '.config/fish/config.fish': [
      'set MINE yes',
      'function fish_prompt; echo "mine> "; end',
      'function fish_right_prompt; echo right; end',
      'fish_vi_key_bindings',
    ].join('\n'),
  });
  reads('fish: a function file', 'fish', {
    '.config/fish/config.fish': 'set MINE yes\n',
    '.config/fish/functions/fish_prompt.fish': 'function fish_prompt; echo "mine> "; end\n',
    '.config/fish/functions/fish_right_prompt.fish': 'function fish_right_prompt; echo right; end\n',
  });

  for (const [shell, prompt] of [
    ['bash', /mine\$ $/],
    ['zsh', /mine % $/],
  ] as const) {
    it(`${shell}: a shell inside is the person's own, with the person's prompt`, async function () {
      if (!fs.existsSync(shells[shell])) this.skip();
      const info = await opened(shell, {
        '.bashrc': 'export PROMPT_COMMAND=:\nPS1="mine$ "\n',
        '.zshrc': 'PROMPT="mine %% "\nprecmd() { : }\n',
      });
      runtime.write(info.id, `${shell}\r`);
      await runtime.waitFor(info, prompt);
    });
  }

  async function opened(
    shell: Shell,
    files: Files,
    more: Files = {},
    profile: ProfileName = 'anton',
  ): Promise<TerminalInfo> {
    for (const [name, text] of Object.entries(files)) {
      fs.mkdirSync(path.dirname(path.join(home, name)), { recursive: true });
      fs.writeFileSync(path.join(home, name), text);
    }
    const { PATH = '', TERM = '', LANG = 'C.UTF-8' } = request(profile).env;
    const env: Record<string, string> = { PATH, TERM, LANG, HOME: home };
    for (const [name, value] of Object.entries(more)) {
      env[name] =
        ['ENV', 'ZDOTDIR'].includes(name) && !value.startsWith('$') ? path.join(home, value) : value;
    }
    const info = await runtime.open(request(profile, { shell: shells[shell], env, cwd: home, columns: 60 }));
    await runtime.waitFor(info, /> $/);
    return info;
  }

  /** What stands on the line that the cursor is in; zsh and fish first fill it with blanks, and go back. */
  function lastLine(info: TerminalInfo): string {
    const lines = runtime
      .outputOf(info)
      .split(/[\r\n]/)
      .map(plain);
    return lines.findLast((line) => line !== '') ?? '';
  }
});
