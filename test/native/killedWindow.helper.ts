import { answer } from './helper';
import { TestWindow } from './windows';

/** A window that will be killed: `FOLDER`. Prints the PID of its terminal's first process, or why there is none. */
async function main(): Promise<void> {
  const window = new TestWindow({ folders: [process.argv[2] ?? ''], workspace: 'killed' });
  try {
    answer((await window.open(['sleep', '1000'])).pid);
  } catch (error) {
    answer(error);
    process.exit();
  }
}

void main();
