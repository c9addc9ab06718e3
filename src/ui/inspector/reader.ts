import type { HostPerson } from '../../inspect/hostPerson';
import type { TerminalId } from '../../runtime/runtime';
import type { Translate } from '../translate';

/** A file whose owner is to be seen. */
export interface ChosenFile {
  /** Raw: show it through `harmless`. */
  readonly name: string;
  /** As the host sees its owner. */
  readonly uid: number;
  readonly gid: number;
}

/** What the words and pictures depend on besides the subject. */
export interface Reader {
  readonly t: Translate;
  /** BCP 47, for numbers. */
  readonly language: string;
  readonly person: HostPerson;
  /** Which terminal's form for writing maps was asked for last, and when. */
  readonly asked?: { readonly terminal: TerminalId; readonly at: number } | undefined;
  readonly file?: ChosenFile | undefined;
}
