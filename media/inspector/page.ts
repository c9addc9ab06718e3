import { html, nothing, render, type TemplateResult } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import type { InspectorModel, MapResult, SubjectModel, ToPage } from '../../src/ui/inspector/protocol';
import { announce, announcement } from './announcement';
import { compareSection } from './compare';
import type { MapFormElement } from './mapForm';
import { namespacesSection } from './namespaces';
import { ownershipSection } from './ownership';
import { processesSection } from './processes';
import { watchDrops } from './drops';
import { reveal, revealPending } from './reveal';
import { moveFocus } from './rovingFocus';
import { sendPicture } from './saving';
import { restoreScroll, send, watchScroll } from './state';
import { stepsSection } from './steps';
import { usersSection } from './users';

let hasContent = false;
let shown: InspectorModel | undefined;

window.addEventListener('message', ({ data }: MessageEvent<ToPage>) => {
  if (data.type === 'announce') announce(data.text);
  else if (data.type === 'written') tell(data.key, data.result);
  else if (data.type === 'draw') void sendPicture(shown, data.section, data.format);
  else if (data.type === 'reveal') reveal(data.section);
  else show(data.model);
});
document.addEventListener('keydown', moveFocus);
watchScroll();
watchDrops();
render(page(undefined), document.body);
send({ type: 'ready' });

function show(model: InspectorModel): void {
  shown = model;
  render(page(model), document.body);
  if (!hasContent && model.type === 'subject' && model.sections) {
    hasContent = true;
    restoreScroll();
  }
  revealPending();
}

/** The result of a form, where it is still shown; said to screen readers, too. */
function tell(terminal: number, result: MapResult): void {
  const form = document.querySelector<MapFormElement>('anton-map-form');
  if (form?.words.terminal === terminal) form.show(result);
  announce(result.lines.join(' '));
}

function page(model: InspectorModel | undefined): TemplateResult {
  return html`${announcement()}
    <main>${model === undefined ? nothing : model.type === 'empty' ? empty(model) : subject(model)}</main>`;
}

function empty({ text, button }: Extract<InspectorModel, { type: 'empty' }>): TemplateResult {
  return html`<div class="empty">
    <p>${text}</p>
    <button class="primary" @click=${() => send({ type: 'newTerminal' })}>${button}</button>
  </div>`;
}

/** Keyed by subject, so that focus and selection do not pass from one subject's row to another's. */
function subject({ key, title, profile, process, menu, sections }: SubjectModel): TemplateResult {
  return html`<header>
      <h1>${title}</h1>
      <span class="dim">${profile}</span>
      <div class="dim">${process}</div>
    </header>
    ${
      sections &&
      keyed(
        key,
        html`${sections.compare ? compareSection(sections.compare, menu) : nothing}
        ${namespacesSection(sections.namespaces, menu)} ${usersSection(sections.users, menu)}
        ${processesSection(sections.processes, menu)}
        ${sections.ownership ? ownershipSection(sections.ownership, menu) : nothing}
        ${sections.steps ? stepsSection(sections.steps, menu) : nothing}`,
      )
    }`;
}
