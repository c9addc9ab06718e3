import { Failure } from '../kernel/failure';
import { readMachine } from '../runtime/machine';
import { t } from './language';
import { BadRequest } from './reporter';
import { explain } from './words/refusals';

/** What was refused, why, and what to do, as one text. */
export function refusalText(error: unknown): string {
  if (error instanceof BadRequest) return error.message;
  if (!(error instanceof Failure)) return t('Something in Anton went wrong: {0}', String(error));
  const { what, why, remedy } = explain(error, readMachine(), t);
  return [what, why, remedy].filter(Boolean).join(' ');
}
