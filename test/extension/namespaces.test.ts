import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { AntonApi } from '../../src/api';
import { languageModelTool } from '../../src/ui/names';
import { activateAnton, closeAll, opened } from './support';

/** What other extensions, other programs and assistants get of the machine's namespaces. */
describe('the namespaces of this machine as data', () => {
  let api: AntonApi;

  before(async () => {
    api = await activateAnton();
  });
  afterEach(() => closeAll(api));

  const open = () =>
    opened(api, () => vscode.commands.executeCommand('anton.newTerminal', { profile: 'pid' }));

  it('the API lists those of a terminal, its process under both PIDs', async () => {
    const terminal = await open();
    const { namespaces, processes, own } = await api.namespaces();
    const ids = terminal.namespaces();
    const pid = namespaces.find(({ id }) => id === ids.pid);
    assert.equal(pid?.kind, 'pid');
    assert.equal(pid.owner, ids.user);
    assert.equal(pid.firstPid, terminal.pid);
    assert.equal(ids.net, own.net);
    assert.deepEqual(processes.find((each) => each.pid === terminal.pid)?.pidChain, [...terminal.pids]);
  });

  it('they are copied as JSON, with the fields of lsns', async () => {
    const terminal = await open();
    await vscode.commands.executeCommand('anton.copyNamespacesAsJson');
    const { namespaces } = JSON.parse(await vscode.env.clipboard.readText()) as {
      namespaces: { ns: number; type: string; pid: number; nprocs: number; ons: number }[];
    };
    const row = namespaces.find(({ ns }) => ns === terminal.namespaces().pid);
    assert.equal(row?.type, 'pid');
    assert.equal(row.pid, terminal.pid);
    assert.equal(row.ons, terminal.namespaces().user);
  });

  it('an assistant may ask for them, and gets what its words are about', async () => {
    const terminal = await open();
    assert.ok(vscode.lm.tools.some(({ name }) => name === languageModelTool));
    const { content } = await vscode.lm.invokeTool(languageModelTool, {
      input: { filter: `pid ${terminal.name}` },
      toolInvocationToken: undefined,
    });
    const [part] = content;
    assert.ok(part instanceof vscode.LanguageModelTextPart);
    const { namespaces } = JSON.parse(part.value) as { namespaces: { ns: number; antonTerminal: string }[] };
    assert.deepEqual(
      namespaces.map(({ ns, antonTerminal }) => [ns, antonTerminal]),
      [[terminal.namespaces().pid, terminal.name]],
    );
  });
});
