import * as assert from 'node:assert/strict';
import slovak from '../../l10n/bundle.l10n.sk.json';
import { counted, translator } from '../../src/ui/translate';

describe('words in the person’s language', () => {
  const english = translator('en', () => ({ Run: 'nobody reads this' }));
  const t = translator('sk', () => slovak);

  it('are English without a look at the bundle', () => {
    assert.equal(english('Run'), 'Run');
  });

  it('are Slovak where the bundle has them, and English where it has not', () => {
    assert.equal(t('Run'), 'Spustiť');
    assert.equal(t('no such key, {0}', 'x'), 'no such key, x');
  });

  it('keep a hole for which there is no value, and ${...} as it is', () => {
    assert.equal(english('{0}, line {1}: ${workspaceFolder}'), '{0}, line {1}: ${workspaceFolder}');
  });

  it('have two plural forms in English and three in Slovak', () => {
    const say = (language: typeof t, n: number): string =>
      counted(language, n, '{0} process', '{0} processes');
    assert.deepEqual(
      [0, 1, 2, 5].map((n) => say(english, n)),
      ['0 processes', '1 process', '2 processes', '5 processes'],
    );
    assert.deepEqual(
      [0, 1, 2, 4, 5, 22].map((n) => say(t, n)),
      ['0 procesov', '1 proces', '2 procesy', '4 procesy', '5 procesov', '22 procesov'],
    );
  });
});
