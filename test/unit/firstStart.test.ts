import * as assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { root } from '../harness/paths.mjs';

/** On a fresh machine no package is there before the commands themselves install them. */
describe('a first start', () => {
  let checkout: string;

  before(() => {
    checkout = fs.mkdtempSync(path.join(os.tmpdir(), 'anton-first-'));
    fs.cpSync(path.join(root, 'package.json'), path.join(checkout, 'package.json'));
    fs.cpSync(path.join(root, 'test', 'harness'), path.join(checkout, 'test', 'harness'), {
      recursive: true,
    });
  });
  after(() => fs.rmSync(checkout, { recursive: true, force: true }));

  for (const name of ['start', 'test', 'package']) {
    it(`npm run ${name} needs no package to begin`, () => {
      const file = path.join(checkout, 'test', 'harness', `${name}.mjs`);
      const began = spawnSync(process.execPath, ['-e', `import(${JSON.stringify(file)})`], {
        encoding: 'utf8',
      });
      assert.equal(began.status, 0, began.stderr);
    });
  }
});
