import * as assert from 'node:assert/strict';
import { textFaults } from '../harness/texts.mjs';

/** What `npm run lint` finds wrong with the translations; the texts here are made up. */
describe('the check of translations', () => {
  const code = (text: string): { file: string; text: string } => ({ file: 'src/ui/x.ts', text });
  const json = (file: string, value: unknown): { file: string; text: string } => ({
    file,
    text: JSON.stringify(value, undefined, 2),
  });

  const faults = (changed: {
    code?: string;
    bundle?: Record<string, string>;
    manifest?: unknown;
    english?: Record<string, string>;
    slovak?: Record<string, string>;
  }): string[] =>
    textFaults({
      code: [code(changed.code ?? `t('Run {0}', name);`)],
      bundle: json('sk.json', changed.bundle ?? { 'Run {0}': 'Spustiť {0}' }),
      manifest: json('package.json', changed.manifest ?? { title: '%title%' }),
      english: json('nls.json', changed.english ?? { title: 'See #anton.shell#' }),
      slovak: json('nls.sk.json', changed.slovak ?? { title: 'Pozrite #anton.shell#' }),
    });

  it('has nothing to say where all is translated', () => {
    assert.deepEqual(faults({}), []);
  });

  it('finds a text that is not translated, by file and line, whoever translates it', () => {
    const uses = `t('a');\nthis.t('b');\nt(\n  yes ? 'c' : (no ? 'd' : \`e\`),\n);`;
    assert.deepEqual(
      faults({ code: uses, bundle: {} }),
      ['1: a', '2: b', '4: c', '4: d', '4: e'].map(
        (each) => `src/ui/x.ts:${each.replace(':', ': not in sk.json:')}`,
      ),
    );
  });

  it('wants three forms of what is counted', () => {
    const uses = `counted(t, n, '{0} thread', '{0} threads');`;
    const bundle = { '{0} thread': '{0} vlákno', '{0} threads': '{0} vlákien' };
    assert.deepEqual(faults({ code: uses, bundle }), ['src/ui/x.ts:1: not in sk.json: {0} threads/few']);
    assert.deepEqual(faults({ code: uses, bundle: { ...bundle, '{0} threads/few': '{0} vlákna' } }), []);
  });

  it('finds a translation that nothing uses', () => {
    const bundle = { 'Run {0}': 'Spustiť {0}', Stop: 'Zastaviť' };
    assert.deepEqual(faults({ bundle }), ['sk.json:3: nothing uses this text: Stop']);
  });

  it('finds places for values that a translation lost or added', () => {
    assert.deepEqual(faults({ bundle: { 'Run {0}': 'Spustiť' } }), [
      'sk.json:2: the original has {0}, this none: Run {0}',
    ]);
    assert.deepEqual(faults({ bundle: { 'Run {0}': 'Spustiť {0} {1}' } }), [
      'sk.json:2: the original has {0}, this {0} {1}: Run {0}',
    ]);
    assert.deepEqual(faults({ bundle: { 'Run {0}': ' ' } }), [
      'sk.json:2: the translation is empty: Run {0}',
    ]);
  });

  it('finds keys out of order, and keys there twice', () => {
    const uses = `t('b'); t('a');`;
    assert.deepEqual(faults({ code: uses, bundle: { b: 'b', a: 'a' } }), [
      'sk.json:3: does not sort behind “b”: a',
    ]);
    const twice = textFaults({
      code: [code(`t('a')`)],
      bundle: { file: 'sk.json', text: '{\n"a": "á",\n"a": "ä"\n}' },
      manifest: json('package.json', {}),
      english: json('nls.json', {}),
      slovak: json('nls.sk.json', {}),
    });
    assert.deepEqual(twice, ['sk.json:3: this key is there twice: a']);
  });

  it('finds a text that stands elsewhere than in the call, and a translator by another name', () => {
    assert.deepEqual(faults({ code: `t('Run {0}');\nt(words[name]);` }), [
      'src/ui/x.ts:2: no check finds this text, write it here: words[name]',
    ]);
    assert.deepEqual(faults({ code: `t('Run {0}');\nfunction f(say: Translate) { say('x'); }` }), [
      'src/ui/x.ts:2: a Translate is called t, for checks to find: say: Translate',
    ]);
  });

  it('finds what package.json lacks in each language, and what it does not use', () => {
    assert.deepEqual(faults({ slovak: {} }), ['package.json:2: not in nls.sk.json: title']);
    assert.deepEqual(faults({ english: {} }), ['package.json:2: not in nls.json: title']);
    assert.deepEqual(faults({ manifest: {} }), [
      'nls.json:2: nothing uses this text: title',
      'nls.sk.json:2: nothing uses this text: title',
    ]);
  });

  it('finds a link of package.json that the translation lost', () => {
    assert.deepEqual(faults({ slovak: { title: 'Pozrite shell' } }), [
      'nls.sk.json:2: the original has #anton.shell#, this none: title',
    ]);
  });
});
