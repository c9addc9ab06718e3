import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { AntonApi } from '../../src/api';
import { activateAnton, shownTerminals, until } from './support';

describe('Check This Machine', () => {
  let api: AntonApi;

  before(async () => {
    api = await activateAnton();
  });
  afterEach(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  it('the API gives a report as plain data, and nobody sees a terminal', async () => {
    let opened = 0;
    const subscription = vscode.window.onDidOpenTerminal(() => opened++);
    const report = await api.checkMachine();
    subscription.dispose();
    assert.deepEqual(structuredClone(report), report);
    assert.deepEqual(JSON.parse(JSON.stringify(report.rungs)), report.rungs);
    const works = report.rungs.filter(({ outcome }) => outcome === 'works').map(({ id }) => id);
    assert.ok(works.includes('terminal') && works.includes('proc'), works.join());
    assert.ok(report.profiles.some(({ name, works: does }) => name === 'anton' && does));
    assert.equal(opened, 0);
    assert.deepEqual(api.terminals(), []);
  });

  it('two checks at once are one', async () => {
    const [first, second] = await Promise.all([api.checkMachine(), api.checkMachine()]);
    assert.equal(first, second);
  });

  it('the command shows the report as a rendered document, and again in the same one', async () => {
    const tabs = (): readonly vscode.Tab[] => vscode.window.tabGroups.all.flatMap((group) => group.tabs);
    for (let round = 0; round < 2; round++) {
      await vscode.commands.executeCommand('anton.checkMachine');
      await until('the document is shown', () => tabs().length === 1);
      assert.match(tabs()[0]?.label ?? '', /Check This Machine/);
      assert.ok(tabs()[0]?.input instanceof vscode.TabInputWebview);
    }
    assert.equal(shownTerminals().length, 0);
  });
});
