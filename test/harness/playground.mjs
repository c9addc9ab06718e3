import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cache } from './paths.mjs';

const files = {
  'README.md': `# A place to try Anton

1. Open the Anton view in the activity bar on the left and choose **New Terminal**.
2. In the terminal: \`id\`, \`echo $$\`, \`ps\`, \`hostname\`.
3. Compare with an ordinary terminal, and with what the inspector under the terminals shows.
4. \`sh hello.sh\` prints what a process can find out about its own namespaces.
`,
  'hello.sh': `#!/bin/sh
echo "I am process $$, user $(id -un), on $(hostname)."
echo "My namespaces:"
ls -l /proc/self/ns | sed -n 's/.* \\(.*\\) -> .*\\[\\(.*\\)\\]/  \\1 \\2/p'
echo "My users: inside, outside, how many"
cat /proc/self/uid_map
`,
};

/**
 * A folder to open at the first start. What someone has changed in it stays.
 * @returns {string}
 */
export function makePlayground() {
  const folder = join(cache, 'playground');
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of Object.entries(files)) {
    if (!existsSync(join(folder, name)))
      writeFileSync(join(folder, name), text, { mode: name.endsWith('.sh') ? 0o755 : 0o644 });
  }
  return folder;
}
