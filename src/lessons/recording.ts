import * as z from 'zod/mini';

/** What is expected in its place, in words that need no translation. */
export const notADate = 'YYYY-MM-DD';

const shown = z._default(z.record(z.string(), z.string()), {});

/** The shape of recording.yaml. */
export const recordingSchema = z.strictObject({
  /** YYYY-MM-DD */
  made: z.string().check(z.regex(/^\d{4}-\d\d-\d\d$/, notADate)),
  /** The kernel's release, as uname(2) has it. */
  kernel: z.string().check(z.minLength(1)),
  /** Who typed. */
  user: z.string().check(z.minLength(1)),
  /** By the names of the text's commands. */
  commands: shown,
  /** By the tasks: what was typed to solve them beyond the text's commands. */
  tasks: shown,
});

/**
 * What a lesson's terminals showed on a machine that can do what the lesson needs, from each prompt to the next; for
 * students on a machine that cannot. `npm run record` makes it by typing the lesson into real terminals.
 */
export type Recording = z.infer<typeof recordingSchema>;
