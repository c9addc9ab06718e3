import { html, LitElement, nothing, type TemplateResult } from 'lit';
import type { MapFile } from '../../src/runtime/runtime';
import { asCommand, writesOf, type TypedMaps, type TypedRow } from '../../src/ui/inspector/mapForm';
import type { MapForm, MapResult } from '../../src/ui/inspector/protocol';
import { keptForm, keepForm, send } from './state';

type Group = MapForm['groups'][number];
const fields = ['inside', 'outside', 'length'] as const;

/** The form in which a person writes the maps of a running terminal. It keeps what was typed while it is hidden. */
export class MapFormElement extends LitElement {
  static override properties = {
    words: { attribute: false },
    isOpen: { state: true },
    typed: { state: true },
    result: { state: true },
  };

  declare words: MapForm;
  declare private isOpen: boolean;
  declare private typed: TypedMaps | undefined;
  declare private result: MapResult | undefined;
  private answered = 0;

  /** In the page itself, whose style sheet it shares. */
  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override willUpdate(): void {
    if (this.typed === undefined) {
      const kept = keptForm(this.words.terminal);
      this.typed = kept?.typed ?? begin(this.words.groups);
      this.isOpen = kept?.isOpen ?? false;
      this.answered = kept?.answered ?? 0;
    }
    if (this.words.asked > this.answered) {
      this.answered = this.words.asked;
      this.open();
    }
  }

  /** What is written cannot be written again, so that after a refusal it is not in the way of the rest. */
  show(result: MapResult): void {
    this.result = result;
    if (!this.typed || !result.refused) return;
    const { setgroups, gid, uid } = this.typed.write;
    const without = (file: MapFile): boolean => !result.done.includes(file);
    const write = {
      setgroups: setgroups && without('setgroups'),
      gid: gid && without('gid_map'),
      uid: uid && without('uid_map'),
    };
    this.keep({ ...this.typed, write });
  }

  protected override render(): TemplateResult {
    const { words, typed } = this;
    if (!this.isOpen || !typed) {
      return html`<p><button class="link open-form" @click=${() => this.open()}>${words.open}</button></p>`;
    }
    const writes = writesOf(typed);
    const commands = writes.map((write) => asCommand(words.pid, write));
    return html`<form
      class="map-form"
      aria-label=${words.heading}
      @submit=${(event: Event) => this.write(event)}
    >
      <p class="dim">${words.intro}</p>
      ${words.groups.map((group) => this.group(group, typed))}
      <label class="check"
        ><input
          type="checkbox"
          .checked=${typed.write.setgroups}
          @change=${(event: Event) => this.include('setgroups', event)}
        />${words.setgroups}</label
      >
      <div class="dim">${words.preview}</div>
      <pre class="id">${commands.length === 0 ? words.nothing : commands.join('\n')}</pre>
      <div class="buttons">
        <button class="primary" type="submit" ?disabled=${writes.length === 0}>${words.write}</button>
        <button class="secondary" type="button" @click=${() => this.close()}>${words.close}</button>
      </div>
      ${this.result ? answer(this.result) : nothing}
    </form>`;
  }

  private group(group: Group, typed: TypedMaps): TemplateResult {
    const { words } = this;
    const rows = typed[group.id];
    const isWritten = typed.write[group.id];
    return html`<fieldset>
      <legend>
        <label class="check"
          ><input
            type="checkbox"
            .checked=${isWritten}
            @change=${(event: Event) => this.include(group.id, event)}
          />${group.include}</label
        >
      </legend>
      <div class="fields dim small" aria-hidden="true">
        ${fields.map((field) => html`<span>${words.columns[field]}</span>`)}
      </div>
      ${rows.map((row, index) => this.row(group, row, index, rows.length, isWritten))}
    </fieldset>`;
  }

  private row(group: Group, row: TypedRow, index: number, count: number, isWritten: boolean): TemplateResult {
    const { words } = this;
    const number = String(index + 1);
    const isLast = index === count - 1;
    return html`<div class="fields">
      ${fields.map(
        (field) =>
          html`<input
            type="text"
            inputmode="numeric"
            autocomplete="off"
            spellcheck="false"
            maxlength="20"
            ?disabled=${!isWritten}
            aria-label=${fill(words.field[field], group.file, number)}
            .value=${row[field]}
            @input=${(event: InputEvent) => this.type(group.id, index, field, event)}
          />`,
      )}
      ${
        isLast
          ? html`<button
              type="button"
              class="square"
              ?disabled=${!isWritten}
              title=${fill(words.addLine, group.file)}
              aria-label=${fill(words.addLine, group.file)}
              @click=${() => this.change(group.id, [...this.rows(group.id), nextRow(row)])}
            >
              +
            </button>`
          : html`<button
              type="button"
              class="square"
              ?disabled=${!isWritten}
              title=${fill(words.removeLine, group.file, number)}
              aria-label=${fill(words.removeLine, group.file, number)}
              @click=${() => this.change(group.id, without(this.rows(group.id), index))}
            >
              −
            </button>`
      }
    </div>`;
  }

  private rows(group: 'uid' | 'gid'): readonly TypedRow[] {
    return this.typed?.[group] ?? [];
  }

  private type(group: 'uid' | 'gid', index: number, field: keyof TypedRow, { target }: InputEvent): void {
    const { value } = target as HTMLInputElement;
    this.change(
      group,
      this.rows(group).map((row, i) => (i === index ? { ...row, [field]: value } : row)),
    );
  }

  private change(group: 'uid' | 'gid', rows: readonly TypedRow[]): void {
    if (this.typed) this.keep({ ...this.typed, [group]: rows });
  }

  private include(file: keyof TypedMaps['write'], { target }: Event): void {
    const { checked } = target as HTMLInputElement;
    if (this.typed) this.keep({ ...this.typed, write: { ...this.typed.write, [file]: checked } });
  }

  private keep(typed: TypedMaps): void {
    this.typed = typed;
    keepForm({ terminal: this.words.terminal, typed, isOpen: this.isOpen, answered: this.answered });
  }

  private open(): void {
    this.isOpen = true;
    if (this.typed) this.keep(this.typed);
    void this.updateComplete.then(() => {
      const section = this.closest('details');
      if (section) section.open = true;
      this.scrollIntoView({ block: 'nearest' });
      this.querySelector<HTMLInputElement>('input[type=text]')?.focus();
    });
  }

  private close(): void {
    this.isOpen = false;
    this.result = undefined;
    if (this.typed) this.keep(this.typed);
    void this.updateComplete.then(() => this.querySelector<HTMLElement>('.open-form')?.focus());
  }

  private write(event: Event): void {
    event.preventDefault();
    if (this.typed) send({ type: 'writeIdMaps', key: this.words.terminal, writes: writesOf(this.typed) });
  }
}

customElements.define('anton-map-form', MapFormElement);

/** What makes an ordinary user root inside. */
function begin(groups: MapForm['groups']): TypedMaps {
  const rows = (id: Group['id']): readonly TypedRow[] => [
    { inside: '0', outside: groups.find((group) => group.id === id)?.own ?? '', length: '1' },
  ];
  return { uid: rows('uid'), gid: rows('gid'), write: { setgroups: true, gid: true, uid: true } };
}

/** Where the line before it ends, on both sides, if that can be said. */
function nextRow({ inside, outside, length }: TypedRow): TypedRow {
  const after = (first: string): string => {
    const next = Number(first) + Number(length);
    return Number.isSafeInteger(next) ? String(next) : '';
  };
  return { inside: after(inside), outside: after(outside), length: '1' };
}

function without(rows: readonly TypedRow[], index: number): readonly TypedRow[] {
  return rows.filter((_, i) => i !== index);
}

function answer({ refused, lines }: MapResult): TemplateResult {
  const [first, ...others] = lines;
  return html`<div class=${refused ? 'answer refused' : 'answer'}>
    <p class="first">${first}</p>
    ${others.map((line) => html`<p>${line}</p>`)}
  </div>`;
}

function fill(text: string, ...values: readonly string[]): string {
  return text.replace(/\{(\d)\}/g, (_, index: string) => values[Number(index)] ?? '');
}
