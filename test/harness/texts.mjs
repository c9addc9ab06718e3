import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { main } from './main.mjs';
import { root } from './paths.mjs';
import { entriesOf, manifestUses, usesIn } from './textUses.mjs';

/** @typedef {import('./textUses.mjs').Place} Place */
/** @typedef {import('./textUses.mjs').Source} Source */

/**
 * @typedef {object} Texts every file that has to do with texts
 * @property {Source[]} code
 * @property {Source} bundle the Slovak words, by the English ones
 * @property {Source} manifest package.json
 * @property {Source} english package.nls.json
 * @property {Source} slovak package.nls.sk.json
 */

/** What a translation must keep: places for values, and the commands and settings that a text of package.json links. */
const kept = /\{\d\}|command:[\w.]+|`?#[\w.]+#`?/g;

/**
 * What is wrong with the translations, each with file and line.
 * @param {Texts} texts
 * @returns {string[]}
 */
export function textFaults({ code, bundle, manifest, english, slovak }) {
  const found = code.map(usesIn);
  const words = entriesOf(bundle);
  const [englishTexts, slovakTexts] = [entriesOf(english), entriesOf(slovak)];
  const inManifest = manifestUses(manifest);
  return [
    ...found.flatMap(({ faults }) => faults),
    ...differences(
      found.flatMap(({ uses }) => uses),
      words,
      bundle.file,
    ),
    ...words.flatMap((word) => changedHoles(word.key.replace(/\/few$/, ''), word)),
    ...disorder(words),
    ...differences(inManifest, englishTexts, english.file),
    ...differences(inManifest, slovakTexts, slovak.file),
    ...slovakTexts.flatMap((text) => {
      const same = englishTexts.find(({ key }) => key === text.key);
      return same ? changedHoles(same.value, text) : [];
    }),
  ];
}

/**
 * @param {Place[]} uses
 * @param {Place[]} entries
 * @param {string} file of the entries
 */
function differences(uses, entries, file) {
  const used = new Set(uses.map(({ key }) => key));
  const there = new Set(entries.map(({ key }) => key));
  const missing = uses.filter(({ key }) => !there.has(key));
  return [
    ...missing.map((use) => `${use.file}:${use.line}: not in ${file}: ${use.key}`),
    ...entries.filter(({ key }) => !used.has(key)).map((entry) => at(entry, 'nothing uses this text')),
  ];
}

/**
 * @param {string} original
 * @param {import('./textUses.mjs').Entry} entry
 */
function changedHoles(original, entry) {
  if (entry.value.trim() === '') return [at(entry, 'the translation is empty')];
  const [wanted, got] = [holesOf(original), holesOf(entry.value)];
  return wanted === got ? [] : [at(entry, `the original has ${wanted || 'no {0}'}, this ${got || 'none'}`)];
}

/** @param {string} text */
function holesOf(text) {
  return [...new Set(text.match(kept))].sort().join(' ');
}

/**
 * In the order of code points, a key twice stands out as well.
 * @param {import('./textUses.mjs').Entry[]} entries
 */
function disorder(entries) {
  return entries.flatMap((entry, index) => {
    const before = entries[index - 1];
    if (!before) return [];
    const order = Buffer.compare(Buffer.from(before.key), Buffer.from(entry.key));
    if (order === 0) return [at(entry, 'this key is there twice')];
    return order > 0 ? [at(entry, `does not sort behind “${before.key}”`)] : [];
  });
}

/**
 * @param {Place} place
 * @param {string} fault
 */
function at({ file, line, key }, fault) {
  return `${file}:${line}: ${fault}: ${key}`;
}

/**
 * The texts of the checkout.
 * @returns {Texts}
 */
function readTexts() {
  const read = (/** @type {string} */ file) => ({ file, text: readFileSync(join(root, file), 'utf8') });
  const code = ['src', 'media'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true })
      .map((name) => `${folder}/${String(name)}`)
      .filter((name) => name.endsWith('.ts'))
      .map(read),
  );
  return {
    code,
    bundle: read('l10n/bundle.l10n.sk.json'),
    manifest: read('package.json'),
    english: read('package.nls.json'),
    slovak: read('package.nls.sk.json'),
  };
}

main(import.meta.url, async () => {
  const faults = textFaults(readTexts());
  if (faults.length > 0) throw new Error(faults.join('\n'));
});
