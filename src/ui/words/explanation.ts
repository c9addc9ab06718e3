/** What a person is told when a terminal cannot be made. */
export interface Explanation {
  /** What was refused, in one sentence. */
  readonly what: string;
  /** The likely cause. */
  readonly why: string;
  /** What to do now. */
  readonly remedy: string;
  /** The setting that would help, if one does. */
  readonly setting?: 'anton.shell';
  /** The machine may be the cause, so that checking it may tell more. */
  readonly machine?: true;
}
