import * as assert from 'node:assert/strict';
import { apparmorPath, recipesFor } from '../../src/ui/words/remedies';
import { t } from './facts';
import { openMachine } from './machineFacts';

describe('what administrators are given', () => {
  it('for AppArmor: a profile of exactly this executable, and the warning about two', () => {
    const recipes = recipesFor({ cause: 'apparmor-userns' }, openMachine, t);
    assert.match(recipes[0]?.words ?? '', /two profiles on one path the kernel attaches neither/);
    assert.match(
      recipes[1]?.text ?? '',
      /^profile anton "\/usr\/lib\/code-server\/lib\/node" flags=\(unconfined\) \{\n {2}userns,\n\}$/m,
    );
  });

  it('a path in an AppArmor profile is no pattern', () => {
    assert.equal(apparmorPath('/a b/c*{d}"[e]'), '"/a b/c\\*\\{d\\}\\"\\[e\\]"');
  });

  for (const [kind, option] of [
    ['docker', /docker run --security-opt systempaths=unconfined/],
    ['podman', /podman run --security-opt unmask=ALL/],
    ['kubernetes', /procMount: Unmasked/],
  ] as const) {
    it(`${kind}: an unmasked /proc`, () => {
      const recipes = recipesFor({ cause: 'masked-proc' }, { ...openMachine, container: kind }, t);
      assert.equal(recipes.length, 1);
      assert.match(recipes[0]?.text ?? '', option);
    });
  }
});
