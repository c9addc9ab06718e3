import * as assert from 'node:assert/strict';
import { terminalEnvironment } from '../../src/runtime/environment';

describe("a terminal's environment", () => {
  it("is the person's own", () => {
    const env = terminalEnvironment(
      { HOME: '/home/ana', PATH: '/bin', EMPTY: '', EDITOR: 'vi', LANG: 'es' },
      '1',
    );
    for (const [name, value] of Object.entries({ HOME: '/home/ana', PATH: '/bin', EMPTY: '', LANG: 'es' })) {
      assert.equal(env[name], value, name);
    }
  });

  it('tells which terminal it is, whatever was there before', () => {
    const env = terminalEnvironment({ TERM: 'dumb', TERM_PROGRAM: 'tmux', COLORTERM: '' }, '1.100.0');
    assert.equal(env['TERM'], 'xterm-256color');
    assert.equal(env['COLORTERM'], 'truecolor');
    assert.equal(env['TERM_PROGRAM'], 'vscode');
    assert.equal(env['TERM_PROGRAM_VERSION'], '1.100.0');
  });

  for (const name of [
    ...['VSCODE_PID', 'VSCODE_IPC_HOOK', 'VSCODE_NLS_CONFIG', 'VSCODE_HANDLES_UNCAUGHT_ERRORS', 'VSCODE_CWD'],
    ...['VSCODE_ESM_ENTRYPOINT', 'VSCODE_AMD_ENTRYPOINT', 'VSCODE_IPC_HOOK_CLI_OTHER'],
    ...['ELECTRON_RUN_AS_NODE', 'ELECTRON_NO_ASAR', 'APPLICATION_INSIGHTS_NO_STATSBEAT', 'NODE_OPTIONS'],
    ...['CHROME_DESKTOP', 'TMUX', 'TMUX_PANE', 'STY', 'WINDOW', 'WINDOWID', 'TERMCAP', 'COLUMNS', 'LINES'],
  ]) {
    it(`is without ${name}`, () => {
      assert.ok(!(name in terminalEnvironment({ [name]: 'x' }, '1')));
    });
  }

  for (const name of [
    'VSCODE_IPC_HOOK_CLI',
    'VSCODE_GIT_IPC_HANDLE',
    'NODE_PATH',
    'MY_VSCODE_PID',
    'LINESMAN',
  ]) {
    it(`keeps ${name}, which programs in a terminal use`, () => {
      assert.equal(terminalEnvironment({ [name]: 'x' }, '1')[name], 'x');
    });
  }

  it('has a UTF-8 locale only if there is none at all', () => {
    assert.equal(terminalEnvironment({}, '1')['LANG'], 'C.UTF-8');
    assert.equal(terminalEnvironment({ LC_ALL: 'es_ES.UTF-8' }, '1')['LANG'], undefined);
    assert.equal(terminalEnvironment({ LANG: 'C' }, '1')['LANG'], 'C');
  });

  it('has no variable without a value', () => {
    assert.ok(!('GONE' in terminalEnvironment({ GONE: undefined }, '1')));
  });
});
