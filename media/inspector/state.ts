import type { TypedMaps } from '../../src/ui/inspector/mapForm';
import type { FromPage } from '../../src/ui/inspector/protocol';

/** What the page keeps while it is hidden, and so not alive. */
interface State {
  readonly closed: readonly string[];
  readonly scroll: number;
  readonly form?: KeptForm;
}

/** The form for writing maps of one terminal. */
export interface KeptForm {
  readonly terminal: number;
  readonly typed: TypedMaps;
  readonly isOpen: boolean;
  /** The latest request for the form that it answered. */
  readonly answered: number;
}

declare function acquireVsCodeApi(): {
  getState(): State | undefined;
  setState(state: State): void;
  postMessage(message: FromPage): void;
};

const vscode = acquireVsCodeApi();
let state: State = vscode.getState() ?? { closed: [], scroll: 0 };

export function send(message: FromPage): void {
  vscode.postMessage(message);
}

export function isOpen(section: string): boolean {
  return !state.closed.includes(section);
}

export function setOpen(section: string, open: boolean): void {
  const others = state.closed.filter((each) => each !== section);
  keep({ ...state, closed: open ? others : [...others, section] });
}

export function watchScroll(): void {
  window.addEventListener('scrollend', () => keep({ ...state, scroll: window.scrollY }));
}

export function restoreScroll(): void {
  window.scrollTo({ top: state.scroll });
}

export function keptForm(terminal: number): KeptForm | undefined {
  return state.form?.terminal === terminal ? state.form : undefined;
}

export function keepForm(form: KeptForm): void {
  keep({ ...state, form });
}

function keep(next: State): void {
  state = next;
  vscode.setState(state);
}
