import * as assert from 'node:assert/strict';
import type { Rung } from '../../src/runtime/checkMachine';
import { diagnose } from '../../src/runtime/diagnose';
import { rungs, type RungId } from '../../src/runtime/rungs';
import { openMachine } from './machineFacts';

describe('the diagnosis of a machine', () => {
  it('names every cause that keeps several rungs down once, with what was not tried for it', () => {
    const rung = (id: RungId, outcome: Rung['outcome'], code?: string): Rung => {
      const needs = rungs.find((each) => each.id === id)?.needs ?? [];
      return { id, needs, outcome, ...(code === undefined ? {} : { failure: { step: 'clone', code } }) };
    };
    const findings = diagnose(
      [
        rung('map', 'works'),
        rung('pid', 'refused', 'ENOMEM'),
        rung('mnt', 'refused', 'ENOMEM'),
        rung('proc', 'not tried'),
        rung('root', 'not tried'),
        rung('overlay', 'not tried'),
      ],
      openMachine,
    );
    assert.deepEqual(findings, [
      { cause: 'no-memory', rungs: ['pid', 'mnt'], alsoLost: ['proc', 'root', 'overlay'] },
    ]);
  });
});
