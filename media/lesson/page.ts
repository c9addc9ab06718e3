import { html, nothing, render, type TemplateResult } from 'lit';
import type {
  CommandBlock,
  FromLessonPage,
  LessonModel,
  PageBlock,
  TaskBlock,
  ToLessonPage,
} from '../../src/ui/lessons/protocol';
import { markdown } from './markdown';

interface State {
  readonly scroll: number;
}

declare function acquireVsCodeApi(): {
  getState(): State | undefined;
  setState(state: State): void;
  postMessage(message: FromLessonPage): void;
};

const vscode = acquireVsCodeApi();
let isShown = false;

window.addEventListener('message', ({ data }: MessageEvent<ToLessonPage>) => {
  document.documentElement.lang = data.model.language;
  render(page(data.model), document.body);
  if (isShown) return;
  isShown = true;
  window.scrollTo({ top: vscode.getState()?.scroll ?? 0 });
});
window.addEventListener('scrollend', () => vscode.setState({ scroll: window.scrollY }));
vscode.postMessage({ type: 'ready' });

function page({ progress, reset, lacks, blocks }: LessonModel): TemplateResult {
  return html`<main>
    ${lacks === '' ? nothing : html`<p class="lacks" role="note">${lacks}</p>`} ${blocks.map(part)}
    <footer>
      <span role="status">${progress}</span>
      <button class="secondary" @click=${() => vscode.postMessage({ type: 'reset' })}>${reset}</button>
    </footer>
  </main>`;
}

function part(block: PageBlock): TemplateResult {
  switch (block.kind) {
    case 'prose':
      return html`${markdown(block.nodes)}`;
    case 'command':
      return command(block);
    case 'task':
      return task(block);
    case 'hint':
      return html`<details class=${block.fits === '' ? 'hint' : 'hint fits'}>
        <summary>
          ${block.heading} ${block.fits === '' ? nothing : html`<span class="dim">(${block.fits})</span>`}
        </summary>
        ${markdown(block.nodes)}
      </details>`;
  }
}

function command({ name, code, where, run, spoken }: CommandBlock): TemplateResult {
  return html`<div class="command">
    <pre><code>${code}</code></pre>
    <div class="side">
      <button class="primary" aria-label=${spoken} @click=${() => vscode.postMessage({ type: 'run', name })}>
        ${run}
      </button>
      ${where === '' ? nothing : html`<span class="dim">${where}</span>`}
    </div>
  </div>`;
}

const signs = { done: '✓', open: '○', unknown: '?', waiting: '·' } as const;

function task({ state, word, details }: TaskBlock): TemplateResult {
  return html`<div class=${`task ${state}`} role="status">
    <span class="sign" aria-hidden="true">${signs[state]}</span>
    <div>
      <strong>${word}</strong>
      ${details.map((detail) => html`<div class="dim">${detail}</div>`)}
    </div>
  </div>`;
}
