import { html, nothing, render, type TemplateResult } from 'lit';
import type {
  CommandBlock,
  FromLessonPage,
  LessonModel,
  PageBlock,
  Recorded,
  TaskBlock,
  ToLessonPage,
} from '../../src/ui/lessons/protocol';
import { hintsOf } from './hints';
import { markdown } from './markdown';

/** What is there again after a reload. */
interface State {
  readonly scroll: number;
  readonly lesson?: string;
}

declare function acquireVsCodeApi(): {
  getState(): State | undefined;
  setState(state: State): void;
  postMessage(message: FromLessonPage): void;
};

const vscode = acquireVsCodeApi();
let isShown = false;
let shown: LessonModel | undefined;

window.addEventListener('message', ({ data }: MessageEvent<ToLessonPage>) => {
  document.documentElement.lang = data.model.language;
  shown = data.model;
  redraw();
  if (isShown) return;
  isShown = true;
  window.scrollTo({ top: vscode.getState()?.scroll ?? 0 });
  remember();
});
window.addEventListener('scrollend', remember);
vscode.postMessage({ type: 'ready' });

function remember(): void {
  vscode.setState({ scroll: window.scrollY, ...(shown ? { lesson: shown.id } : {}) });
}

function redraw(): void {
  if (shown) render(page(shown), document.body);
}

function page({ progress, reset, nextHint, lacks, notice, blocks }: LessonModel): TemplateResult {
  return html`<main>
    ${notice === '' ? nothing : html`<p class="lacks" role="alert">${notice}</p>`}
    ${lacks === '' ? nothing : html`<p class="lacks" role="note">${lacks}</p>`}
    ${blocks.map((block) => part(block, nextHint))}
    <footer>
      <span role="status">${progress}</span>
      <button class="secondary" @click=${() => vscode.postMessage({ type: 'reset' })}>${reset}</button>
    </footer>
  </main>`;
}

function part(block: PageBlock, nextHint: string): TemplateResult {
  switch (block.kind) {
    case 'prose':
      return html`${markdown(block.nodes)}`;
    case 'command':
      return command(block);
    case 'task':
      return task(block, nextHint);
  }
}

function command({ name, code, where, run, spoken, recorded }: CommandBlock): TemplateResult {
  return html`<div class="command">
      <pre><code>${code}</code></pre>
      <div class="side">
        <button
          class="primary"
          aria-label=${spoken}
          @click=${() => vscode.postMessage({ type: 'run', name })}
        >
          ${run}
        </button>
        ${where === '' ? nothing : html`<span class="dim">${where}</span>`}
      </div>
    </div>
    ${recording(recorded)}`;
}

function recording(recorded: Recorded | undefined): TemplateResult | typeof nothing {
  if (!recorded) return nothing;
  return html`<figure class="recording">
    <figcaption>${recorded.caption}</figcaption>
    <pre><code>${recorded.text}</code></pre>
  </figure>`;
}

const signs = { done: '✓', open: '○', unknown: '?', waiting: '·' } as const;

function task(
  { id, state, word, details, hints, again, recorded }: TaskBlock,
  nextHint: string,
): TemplateResult {
  // The button goes with the click, and the focus must not go with it.
  const reset = ({ currentTarget }: Event): void => {
    (currentTarget as HTMLElement).closest<HTMLElement>('.task')?.focus();
    vscode.postMessage({ type: 'resetTask', id });
  };
  return html`<div class=${`task ${state}`} tabindex="-1">
      <span class="sign" aria-hidden="true">${signs[state]}</span>
      <div>
        <div role="status">
          <strong>${word}</strong>
          ${details.map((detail) => html`<div class="dim">${detail}</div>`)}
        </div>
        ${hintsOf(id, hints, nextHint, redraw)}
      </div>
      ${
        again
          ? html`<button class="secondary again" aria-label=${again.spoken} @click=${reset}>
              ${again.label}
            </button>`
          : nothing
      }
    </div>
    ${recording(recorded)}`;
}
