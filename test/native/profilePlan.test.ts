import * as assert from 'node:assert/strict';
import { currentPerson } from '../../src/runtime/profileMaps';
import { plannedSteps } from '../../src/runtime/plannedSteps';
import { builtInProfiles, profileNames } from '../../src/runtime/profiles';
import { TestRuntime } from './support';

/** What Show Profile says beforehand is what happens. */
describe('the plan of a profile', () => {
  const runtime = new TestRuntime();
  afterEach(() => runtime.closeAll());

  for (const name of profileNames) {
    it(`${name} takes the steps that were planned, in that order`, async () => {
      const info = await runtime.shell(name);
      const facts = { person: currentPerson(), scripts: '/', shell: '/bin/sh', cwd: info.cwd };
      const planned = plannedSteps(builtInProfiles[name], facts).map(({ step }) => step);
      const taken = info.steps.map(({ step }) => step);
      assert.deepEqual(
        taken.filter((step) => planned.includes(step)),
        planned,
      );
    });
  }
});
