import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { activateAnton, closeAll, until } from './support';

/** `anton PROGRAM` can be typed wherever VS Code has a shell. */
describe('the command anton on PATH', () => {
  let folder: string;

  beforeEach(() => (folder = fs.mkdtempSync(path.join(os.tmpdir(), 'anton-'))));
  afterEach(async () => {
    await closeAll(await activateAnton());
    fs.rmSync(folder, { recursive: true, force: true });
  });

  const answer = async (type: (line: string) => void): Promise<string> => {
    const file = path.join(folder, 'answer');
    type(`anton sh -c 'echo $$' > ${file}.tmp; mv ${file}.tmp ${file}`);
    await until('the answer is there', () => fs.existsSync(file));
    return fs.readFileSync(file, 'utf8');
  };

  it('in VS Code’s own terminals', async () => {
    await activateAnton();
    const terminal = vscode.window.createTerminal({ shellPath: '/bin/sh' });
    assert.equal(
      await answer((line) => {
        terminal.sendText(line);
      }),
      '1\n',
    );
  });

  it('in Anton’s, nested', async () => {
    const terminal = await (await activateAnton()).openTerminal();
    assert.equal(
      await answer((line) => {
        terminal.sendText(`${line}\r`);
      }),
      '1\n',
    );
  });
});
