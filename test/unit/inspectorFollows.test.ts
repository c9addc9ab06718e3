import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import type { TerminalId } from '../../src/runtime/runtime';
import { Announcer, describeChange } from '../../src/ui/inspector/announcer';
import type { InspectorModel } from '../../src/ui/inspector/protocol';
import { ShownSubject } from '../../src/ui/inspector/subject';
import { inspectorModel } from '../../src/ui/inspector/viewModel';
import { pageHtml } from '../../src/ui/inspector/pageHtml';
import { person, process, t, terminalInfo, terminalSnapshot } from './facts';

const [one, two, three] = [1, 2, 3] as TerminalId[] as [TerminalId, TerminalId, TerminalId];

describe('the subject the side panel shows', () => {
  const shownTerminal = (shown: ShownSubject, running: readonly TerminalId[]): TerminalId | undefined => {
    const subject = shown.among(running);
    if (subject?.type === 'terminal') return subject.id;
    assert.equal(subject, undefined);
    return undefined;
  };

  it('is the terminal a person turned to last', () => {
    const shown = new ShownSubject(one);
    assert.equal(shownTerminal(shown, [one, two, three]), one);
    shown.select(two);
    assert.equal(shownTerminal(shown, [one, two, three]), two);
    shown.activate(three);
    assert.equal(shownTerminal(shown, [one, two, three]), three);
  });

  it('stays when a terminal becomes active that is none of these', () => {
    const shown = new ShownSubject(one);
    shown.activate(undefined);
    assert.equal(shownTerminal(shown, [one, two]), one);
  });

  it('is the other one once it has ended, and then the one opened last', () => {
    const shown = new ShownSubject(one);
    shown.select(two);
    assert.equal(shownTerminal(shown, [one, three]), one);
    assert.equal(shownTerminal(shown, [three]), three);
    assert.equal(shownTerminal(shown, []), undefined);
  });

  it('is an inspected process until a person turns to a terminal again', () => {
    const shown = new ShownSubject(one);
    shown.inspect({ type: 'process', pid: 77 });
    assert.deepEqual(shown.among([one, two]), { type: 'process', pid: 77 });
    shown.activate(undefined);
    assert.deepEqual(shown.among([one, two]), { type: 'process', pid: 77 });
    shown.activate(two);
    assert.equal(shownTerminal(shown, [one, two]), two);
  });
});

describe('what the side panel announces', () => {
  const model = (id: number, ...inside: number[]): InspectorModel => {
    const processes = inside.map((pid) => process(pid, `p${pid}`, 0));
    const terminal = { info: terminalInfo(id), snapshot: terminalSnapshot({ processes }) };
    return inspectorModel(terminal, {}, { t, language: 'en', person });
  };

  it('names the terminal it turned to', () => {
    assert.equal(describeChange(model(1, 1), model(2, 1), t), 'Now showing Anton 2, profile anton');
  });

  it('names one process, and counts several', () => {
    assert.equal(describeChange(model(1, 1), model(1, 1, 2), t), 'p2 started');
    assert.equal(describeChange(model(1, 1, 2, 3), model(1, 1, 4), t), 'p4 started, 2 processes ended');
    assert.equal(describeChange(model(1, 1), model(1, 1), t), '');
  });

  it('waits before the next one, and then sums up', async () => {
    const said: string[] = [];
    const announcer = new Announcer(t, (text) => said.push(text), 40);
    for (const pids of [[1], [1, 2], [1, 2, 3], [1, 2, 3, 4]]) announcer.show(model(1, ...pids));
    assert.deepEqual(said, ['p2 started']);
    await delay(100);
    assert.deepEqual(said, ['p2 started', '2 processes started']);
    announcer.dispose();
  });
});

describe('the frame of the page', () => {
  it('allows one script and one origin of styles, and nothing else', () => {
    const html = pageHtml({
      script: 'https://x/page.js',
      style: 'https://x/page.css',
      source: 'https://x',
      nonce: 'abc',
      language: 'sk',
      title: '<Anton>',
    });
    const policy = `default-src 'none'; style-src https://x; img-src data:; script-src 'nonce-abc'`;
    assert.ok(html.includes(`content="${policy}"`));
    assert.ok(html.includes('&lt;Anton&gt;'));
    assert.doesNotMatch(html, /unsafe|style="/);
  });
});
