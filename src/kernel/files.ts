import * as fs from 'node:fs';

/** Undefined for a file that is not there, or that this process may not read. */
export function readText(file: string): string | undefined {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

/** Whether this process may use a file in these ways: fs.constants.R_OK and its like. */
export function mayAccess(file: string, mode: number): boolean {
  try {
    fs.accessSync(file, mode);
    return true;
  } catch {
    return false;
  }
}
